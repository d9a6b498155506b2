namespace StreamKit.Workloads;

/// <summary>How an engine shall run.</summary>
internal readonly record struct RunOptions
{
    public RunOptions(int lanes, int batch)
    {
        Lanes = lanes;
        Batch = batch;
    }

    /// <summary>How many lanes share the keyed work.</summary>
    public int Lanes { get; }

    /// <summary>How many events travel together.</summary>
    public int Batch { get; }
}
