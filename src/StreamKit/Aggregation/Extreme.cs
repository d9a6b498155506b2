namespace StreamKit.Aggregation;

/// <summary>The best value so far, if there is one.</summary>
internal struct Extreme<TValue>
{
    public bool HasValue { get; private set; }

    public TValue Value { get; private set; }

    public void Set(TValue value) => (HasValue, Value) = (true, value);
}
