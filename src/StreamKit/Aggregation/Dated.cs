namespace StreamKit.Aggregation;

/// <summary>A value with its event time, if there is one.</summary>
internal struct Dated<TValue>
{
    public bool HasValue { get; private set; }

    public long Ticks { get; private set; }

    public TValue Value { get; private set; }

    public void Set(TValue value, long ticks) => (HasValue, Ticks, Value) = (true, ticks, value);
}
