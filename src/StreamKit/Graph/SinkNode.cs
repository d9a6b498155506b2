using StreamKit.Connectors;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>Where records go.</summary>
internal sealed class SinkNode<T> : StreamNode, IConsumer<Batch<T>>, IStage<Batch<T>>, ISinkNode
{
    private readonly StreamNode<Batch<T>> _input;
    private readonly ISink<T> _sink;

    public SinkNode(StreamNode<Batch<T>> input, ISink<T> sink)
        : base("sink", input)
    {
        (_input, _sink) = (input, sink);
        input.Connect(this);
    }

    public SinkGuarantee Guarantee => _sink.Guarantee;

    public override bool IsParallel => false;

    public override bool IsExchange => true;

    /// <summary>Undoes the connection to the input.</summary>
    public void Disconnect() => _input.Disconnect(this);

    public Receiver<Batch<T>> Open(Wiring wiring) => wiring.OpenSinkEdge(this);

    public Receiver<Batch<T>> OpenSubtask(Wiring wiring) => wiring.OpenSink(this, _sink);

    public override IEnumerable<string> Validate()
    {
        if (Inputs[0].Results is not { CanRepeat: true } results)
        {
            yield break;
        }

        if (_sink.Mode == SinkMode.Append && results.Mode != PaneMode.Discarding)
        {
            yield return $"'{Name}' appends, but a window before it emits more than one result for a key and window "
                + "(early firing or allowed lateness), each replacing the one before: use a sink that upserts, "
                + "Panes(PaneMode.Discarding), or AsAppend() to write every result as a line of its own.";
        }

        if (_sink.Mode == SinkMode.Upsert && results.Mode == PaneMode.Retracting)
        {
            yield return $"'{Name}' upserts, but a window before it also emits retractions, "
                + "which it would take for results: use a sink that understands retractions, "
                + "or Panes(PaneMode.Accumulating).";
        }
    }
}
