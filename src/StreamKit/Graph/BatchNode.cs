using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>The step that collects records into lists.</summary>
internal sealed class BatchNode<TKey, T, TList> : RecordsNode<TList>, IConsumer<KeyedBatch<TKey, T>>
{
    private readonly int _max;
    private readonly long _within;
    private readonly Func<TKey, IReadOnlyList<T>, TList> _make;

    public BatchNode(
        StreamNode<KeyedBatch<TKey, T>> input,
        int max,
        TimeSpan within,
        Func<TKey, IReadOnlyList<T>, TList> make)
        : base("batch", input)
    {
        (_max, _within, _make) = (max, within.Ticks, make);
        input.Connect(this);
    }

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring) =>
        new BatchOperator<TKey, T, TList>(_max, _within, _make, Downstream(wiring), wiring.ContextOf(this));

    public override IEnumerable<string> Validate()
    {
        if (!HasEventTime && LeadsToEventTime())
        {
            yield return $"'{Name}' collects records before they have event time: watermarks are made split by split, "
                + "and a list may hold records of several splits. Call WithEventTime before Batch; "
                + "the watermark waits for what a list holds.";
        }
    }

    private bool LeadsToEventTime()
    {
        var open = new Stack<StreamNode>(ConsumerNodes);
        while (open.TryPop(out StreamNode? next))
        {
            // A late stream has event time in itself.
            if (next.Inputs.Count == 0)
            {
                continue;
            }

            if (next.HasEventTime)
            {
                return true;
            }

            foreach (StreamNode consumer in next.ConsumerNodes)
            {
                open.Push(consumer);
            }
        }

        return false;
    }
}
