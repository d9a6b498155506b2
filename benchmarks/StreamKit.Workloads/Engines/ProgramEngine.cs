using StreamKit.Workloads.Data;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines;

/// <summary>A library that carries events from one thread to another; the rest is written by hand.</summary>
/// <remarks>With one lane only: to share keys between lanes is what these libraries leave to the user.</remarks>
internal abstract class ProgramEngine : IEngine
{
    public abstract string Name { get; }

    public virtual int MostEvents(string workload) => int.MaxValue;

    public bool Supports(string workload, RunOptions options) =>
        WorkloadCatalog.Names.Contains(workload) && options.Lanes == 1;

    public Task<Checksum> RunAsync(Workload workload, RunOptions options) => workload switch
    {
        SingleInputWorkload<Event> { Name: "W1" } w1 => RunAsync(w1.Input, new W1Program(), options),
        SingleInputWorkload<TextEvent> w2 => RunAsync(w2.Input, new W2Program(), options),
        SingleInputWorkload<Event> { Name: "W3" } w3 => RunAsync(w3.Input, new W3Program(), options),
        SingleInputWorkload<Event> { Name: "W4" } w4 => RunAsync(w4.Input, new W4Program(), options),
        SingleInputWorkload<Event> { Name: "W5" } w5 => RunAsync(w5.Input, new W5Program(), options),
        SingleInputWorkload<TweetRecord> w6 => CountTagsAsync(w6.Input, options),
        JoinWorkload w7 => RunAsync(new JoinFeed(w7.Left, w7.Right), new W7Program(), options),
        _ => throw new NotSupportedException($"{Name} does not run {workload.Name}"),
    };

    /// <summary>Brings all events of the feed to the program, in order.</summary>
    protected abstract Task CarryAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options);

    /// <summary>W6; overridden where the library has operators of its own for it.</summary>
    protected virtual Task<Checksum> CountTagsAsync(TweetRecord[] input, RunOptions options) =>
        RunAsync(input, new W6Program(), options);

    private Task<Checksum> RunAsync<T>(T[] input, IProgram<T> program, RunOptions options) =>
        RunAsync(new ArrayFeed<T>(input), program, options);

    private async Task<Checksum> RunAsync<T>(Feed<T> feed, IProgram<T> program, RunOptions options)
    {
        await CarryAsync(feed, program, options);
        return program.Finish();
    }
}
