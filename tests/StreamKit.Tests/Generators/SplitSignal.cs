namespace StreamKit.Tests.Generators;

/// <summary>What can happen to the splits of a running stream.</summary>
public enum SplitSignal
{
    /// <summary>A split comes, of which nothing is known.</summary>
    Add,

    /// <summary>A split comes that was read before, up to the value.</summary>
    AddStored,

    Watermark,
    Idle,
    Active,

    /// <summary>A split ends, and no other comes in its place.</summary>
    Done,

    /// <summary>A split ends, and others may come.</summary>
    Retire,
}
