using Akka.Streams;
using Akka.Streams.Dsl;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>Akka.Streams with whole batches as its elements, filled by one actor and worked off by another.</summary>
internal sealed class AkkaBatchesEngine : ProgramEngine
{
    public override string Name => "Akka batches";

    protected override async Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        using ActorMaterializer materializer = AkkaSystem.CreateMaterializer();
        await Source.From(feed.Batches(options.Batch))
            .Async()
            .RunForeach(
                batch =>
                {
                    program.Add(batch);
                    Feed<T>.Return(batch);
                },
                materializer);
    }
}
