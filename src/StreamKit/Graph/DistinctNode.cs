using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>The step that leaves out records whose id has passed a short time before or after.</summary>
internal sealed class DistinctNode<TId, T> : RecordsNode<T>, IConsumer<KeyedBatch<TId, T>>
{
    private readonly long _withinTicks;
    private readonly int? _maxRecords;
    private readonly LateNode<T>? _late;

    /// <param name="input">The records by their ids.</param>
    /// <param name="withinTicks">The span of event time.</param>
    /// <param name="maxRecords">How many records may wait for the watermark; null: none waits.</param>
    /// <param name="late">The stream of records that come too late to be judged; null: they are counted only.</param>
    public DistinctNode(
        StreamNode<KeyedBatch<TId, T>> input, long withinTicks, int? maxRecords, LateNode<T>? late)
        : base("distinct", input)
    {
        (_withinTicks, _maxRecords, _late) = (withinTicks, maxRecords, late);
        input.Connect(this);
        if (late is not null)
        {
            late.AttachTo(this);
            AddConsumer(late);
        }
    }

    // Where no record waits, watermarks only remove state, and that goes in pieces as long as the span.
    public override long? WatermarkGranularity => _maxRecords is null ? _withinTicks : 0;

    public Receiver<KeyedBatch<TId, T>> Open(Wiring wiring) => new DistinctOperator<TId, T>(
        _withinTicks, _maxRecords, Downstream(wiring), _late?.Downstream(wiring), wiring.ContextOf(this));

    public override IEnumerable<string> Validate()
    {
        if (!HasEventTime)
        {
            yield return $"'{Name}' needs event time to know what has passed a short time ago: "
                + "call WithEventTime(record => record.Time, Watermarks...) before DistinctBy.";
        }

        if (Inputs[0].Results is { CanRepeat: true })
        {
            yield return $"'{Name}' would leave out results that replace others: the windows before it emit more than "
                + "one result for a key and window (early firing or allowed lateness). Call DistinctBy before the "
                + "windows, or AsAppend() before it if every result is to be a record of its own.";
        }
    }
}
