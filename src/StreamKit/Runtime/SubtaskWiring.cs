using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>Builds the chain of one subtask.</summary>
internal sealed class SubtaskWiring(JobPlan plan, Subtask subtask, JobSettings settings) : Wiring
{
    public override OperatorContext ContextOf(StreamNode node)
    {
        var context = new OperatorContext(node.Name, subtask.Lane, subtask.Clock, subtask.Errors)
        {
            BatchSize = settings.BatchSize,
            HashSeed = settings.HashSeed,
            Align = plan.Align,
            State = subtask.State,
            Space = plan.Space,
        };
        subtask.AddCounters(context.Counters);
        return context;
    }

    public override IReadOnlyList<Receiver<TBatch>> OpenEdges<TBatch>(IStage<TBatch> stage) =>
        [.. plan.SubtasksOf(stage).Select(Connect)];

    public override Receiver<TBatch> OpenEdge<TBatch>(IStage<TBatch> stage) =>
        Connect(plan.SubtasksOf(stage)[subtask.Lane]);

    public override Receiver<Batch<T>> OpenSinkEdge<T>(IStage<Batch<T>> sink)
    {
        var coalescer = new Coalescer<T>(OpenEdges(sink)[0]);
        subtask.AddHolding(coalescer);
        return coalescer;
    }

    public override Receiver<Batch<T>> OpenSink<T>(StreamNode node, ISink<T> sink)
    {
        var context = new SinkContext(node.Name, settings.Clock, settings.Loggers.CreateLogger<SinkContext>())
        {
            Pipeline = settings.JobName,
            HasCheckpoints = settings.Checkpoints is not null,
            JobFailure = () => settings.Failure.Cause,
            WhenJobEnds = settings.Restart.MaxRestarts > 0 ? settings.End.Add : null,
        };
        var output = new SinkOutput<T>(sink, context, ContextOf(node));
        subtask.AddOutput(output);
        ((StageSubtask<Batch<T>>)subtask).Owns(output);
        return output;
    }

    private Receiver<TBatch> Connect<TBatch>(StageSubtask<TBatch> target)
    {
        ChannelOutput<TBatch> output = target.OpenInput(subtask.Address);
        subtask.AddOutput(output);
        return output;
    }
}
