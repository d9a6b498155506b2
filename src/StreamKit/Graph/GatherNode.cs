using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Graph;

/// <summary>
/// Brings several streams, or the lanes of one, together into one subtask, or goes on with each lane in another one.
/// </summary>
internal sealed class GatherNode<T> : RecordsNode<T>, IConsumer<Batch<T>>, IStage<Batch<T>>
{
    private readonly bool _keepsLanes;

    // Numbers of splits, shared by all inputs of all jobs that run this step; nobody minds that they have gaps.
    private int _splits;

    public GatherNode(string kind, params IReadOnlyList<StreamNode<Batch<T>>> inputs)
        : base(kind, [.. inputs])
    {
        foreach (StreamNode<Batch<T>> input in inputs)
        {
            input.Connect(this);
        }
    }

    private GatherNode(StreamNode<Batch<T>> input, bool keepsLanes)
        : this("pipelined", input) => _keepsLanes = keepsLanes;

    public override bool IsParallel => _keepsLanes && Inputs[0].IsParallel;

    public override bool IsExchange => true;

    public bool InputsHaveSplits => !HasEventTime;

    /// <summary>Goes on with a stream, or with each lane of it, in another subtask.</summary>
    public static GatherNode<T> Pipelined(StreamNode<Batch<T>> input) => new(input, keepsLanes: true);

    public Receiver<Batch<T>> Open(Wiring wiring)
    {
        Receiver<Batch<T>> edge = _keepsLanes ? wiring.OpenEdge(this) : wiring.OpenEdges(this)[0];
        return HasEventTime ? edge : new SplitTagOperator<T>(() => Interlocked.Increment(ref _splits), edge);
    }

    public Receiver<Batch<T>> OpenSubtask(Wiring wiring) => Downstream(wiring);

    public override IEnumerable<string> Validate()
    {
        if (Domain == TimeDomain.Processing && Inputs.Any(static input => input.Domain == TimeDomain.Event))
        {
            yield return $"'{Name}' merges streams in event time and in processing time, whose watermarks say "
                + "different things: call WithEventTime on the results of windows in processing time before they are "
                + "merged, or on the merged stream only.";
        }

        if (Inputs.Any(static input => input.HasEventTime) && !HasEventTime)
        {
            yield return $"'{Name}' merges streams with and without event time: call WithEventTime on all of them, "
                + "or on the merged stream only.";
        }
    }
}
