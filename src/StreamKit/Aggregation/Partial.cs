namespace StreamKit.Aggregation;

/// <summary>What some records of one key and slice have come to before they reach the key's lane.</summary>
internal struct Partial<TAcc> : IRecords
{
    public TAcc Accumulator;

    /// <summary>How many records are in it.</summary>
    public int Count;

    readonly int IRecords.Count => Count;
}
