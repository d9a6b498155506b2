namespace StreamKit.Tests.Oracle;

/// <summary>
/// How event time is cut into windows. For sessions <see cref="Size"/> is the gap; all lengths are ticks.
/// </summary>
public sealed record OracleShape
{
    private OracleShape(OracleShapeKind kind, long size, long slide, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slide);
        Kind = kind;
        Size = size;
        Slide = slide;
        Offset = offset;
    }

    public OracleShapeKind Kind { get; }

    public long Size { get; }

    public long Slide { get; }

    public long Offset { get; init; }

    public static OracleShape Tumbling(long size, long offset = 0) =>
        new(OracleShapeKind.Tumbling, size, size, offset);

    public static OracleShape Hopping(long size, long slide, long offset = 0) =>
        new(OracleShapeKind.Hopping, size, slide, offset);

    public static OracleShape Session(long gap) => new(OracleShapeKind.Session, gap, gap, 0);

    /// <summary>One window over all of event time.</summary>
    public static OracleShape Global() => new(OracleShapeKind.Global, 1, 1, 0);

    public override string ToString() => Kind switch
    {
        OracleShapeKind.Global => "global",
        OracleShapeKind.Tumbling => $"tumbling {Size} offset {Offset}",
        OracleShapeKind.Hopping => $"hopping {Size} every {Slide} offset {Offset}",
        _ => $"session gap {Size}",
    };
}
