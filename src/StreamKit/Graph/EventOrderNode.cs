using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>The step that lets records out by event time.</summary>
internal sealed class EventOrderNode<TKey, T> : RecordsNode<T>, IConsumer<KeyedBatch<TKey, T>>
{
    private readonly int _maxRecords;
    private readonly LateNode<T>? _late;

    public EventOrderNode(StreamNode<KeyedBatch<TKey, T>> input, int maxRecords, LateNode<T>? late)
        : base("order", input)
    {
        (_maxRecords, _late) = (maxRecords, late);
        input.Connect(this);
        if (late is not null)
        {
            late.AttachTo(this);
            AddConsumer(late);
        }
    }

    // Every watermark lets records out.
    public override long? WatermarkGranularity => 0;

    public Receiver<KeyedBatch<TKey, T>> Open(Wiring wiring) => new EventOrderOperator<TKey, T>(
        _maxRecords, Downstream(wiring), _late?.Downstream(wiring), wiring.ContextOf(this));

    public override IEnumerable<string> Validate()
    {
        if (!HasEventTime)
        {
            yield return $"'{Name}' orders a stream without event time: "
                + "call WithEventTime(record => record.Time, Watermarks...) before OrderByEventTime.";
        }

        if (_late is null && Results is { LatenessTicks: > 0 })
        {
            yield return $"'{Name}' orders the results of windows that accept late records, but every late result is "
                + "behind the watermark and would be left out: leave out AllowLateness, "
                + "or take the late results with OrderByEventTime(out var late).";
        }
    }
}
