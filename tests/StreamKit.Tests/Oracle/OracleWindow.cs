namespace StreamKit.Tests.Oracle;

/// <summary>A half-open span of event time, <c>[Start, End)</c>.</summary>
public readonly record struct OracleWindow(long Start, long End)
{
    public bool Contains(long timestamp) => Start <= timestamp && timestamp < End;

    /// <summary>Whether both share an instant; windows that only touch do not.</summary>
    public bool Overlaps(OracleWindow other) => Start < other.End && other.Start < End;

    /// <summary>The smallest window that covers both.</summary>
    public OracleWindow Union(OracleWindow other) => new(Math.Min(Start, other.Start), Math.Max(End, other.End));

    public override string ToString() => $"[{Start},{End})";
}
