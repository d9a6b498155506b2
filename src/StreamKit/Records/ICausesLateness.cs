namespace StreamKit.Records;

/// <summary>A batch that knows why its records are late, where they are.</summary>
internal interface ICausesLateness
{
    LateCause LateCause { get; set; }
}
