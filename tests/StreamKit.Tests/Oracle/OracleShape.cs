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

    /// <summary>The windows of a timestamp, where the shape was given as such.</summary>
    public Func<long, IReadOnlyList<OracleWindow>>? WindowsOf { get; private init; }

    public static OracleShape Tumbling(long size, long offset = 0) =>
        new(OracleShapeKind.Tumbling, size, size, offset);

    public static OracleShape Hopping(long size, long slide, long offset = 0) =>
        new(OracleShapeKind.Hopping, size, slide, offset);

    public static OracleShape Session(long gap) => new(OracleShapeKind.Session, gap, gap, 0);

    /// <summary>One window over all of event time.</summary>
    public static OracleShape Global() => new(OracleShapeKind.Global, 1, 1, 0);

    /// <summary>For cumulative windows the slide is the step.</summary>
    public static OracleShape Cumulative(long size, long step, long offset = 0) =>
        new(OracleShapeKind.Cumulative, size, step, offset);

    /// <summary>Any windows that depend on the timestamp alone.</summary>
    public static OracleShape Given(Func<long, IReadOnlyList<OracleWindow>> windowsOf) =>
        new(OracleShapeKind.Given, 1, 1, 0) { WindowsOf = windowsOf };

    public override string ToString() => Kind switch
    {
        OracleShapeKind.Global => "global",
        OracleShapeKind.Given => "given",
        OracleShapeKind.Cumulative => $"cumulative {Size} by {Slide} offset {Offset}",
        OracleShapeKind.Tumbling => $"tumbling {Size} offset {Offset}",
        OracleShapeKind.Hopping => $"hopping {Size} every {Slide} offset {Offset}",
        _ => $"session gap {Size}",
    };
}
