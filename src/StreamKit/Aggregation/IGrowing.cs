namespace StreamKit.Aggregation;

/// <summary>Marks an aggregator whose accumulator grows with every record.</summary>
internal interface IGrowing;
