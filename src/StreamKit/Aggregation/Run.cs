namespace StreamKit.Aggregation;

/// <summary>Neighbouring records, each with the index of the accumulator that it goes to.</summary>
internal readonly ref struct Run<TIn>
{
    private readonly ref int _position;

    public Run(
        ReadOnlySpan<TIn> records,
        ReadOnlySpan<int> indexes,
        ReadOnlySpan<long> timestamps,
        ref int position,
        bool isOne = false)
    {
        Records = records;
        Indexes = indexes[..records.Length];
        Timestamps = timestamps[..records.Length];
        IsOne = isOne;
        _position = ref position;
    }

    public ReadOnlySpan<TIn> Records { get; }

    public ReadOnlySpan<int> Indexes { get; }

    public ReadOnlySpan<long> Timestamps { get; }

    /// <summary>Whether all records go to the accumulator of the first.</summary>
    public bool IsOne { get; }

    /// <summary>Says which record is being added, so that a failure can name it.</summary>
    public void At(int i) => _position = i;
}
