namespace StreamKit.Aggregation;

/// <summary>A record that stands for several; counters count those.</summary>
internal interface IRecords
{
    int Count { get; }
}
