namespace StreamKit.Tests.Oracle;

/// <summary>The windows of one timestamp, straight from their definition (SEMANTICS 5 and 6).</summary>
internal static class OracleAssigners
{
    /// <summary>The greatest start at or below the timestamp, where starts lie <paramref name="size"/> apart.</summary>
    public static long FloorStart(long timestamp, long size, long offset = 0) =>
        OracleTime.Saturate(ExactFloorStart(timestamp, size, offset));

    public static OracleWindow Tumbling(long timestamp, long size, long offset = 0) =>
        Window(ExactFloorStart(timestamp, size, offset), size);

    /// <summary>
    /// All windows that contain the timestamp, by start; none when it falls in a gap between windows.
    /// </summary>
    public static IReadOnlyList<OracleWindow> Hopping(long timestamp, long size, long slide, long offset = 0)
    {
        var windows = new List<OracleWindow>();
        Int128 start = ExactFloorStart(timestamp, slide, offset);
        for (; start > (Int128)timestamp - size; start -= slide)
        {
            windows.Insert(0, Window(start, size));
        }

        return windows;
    }

    /// <summary>All windows that start with the size's and end after the timestamp, by end.</summary>
    public static IReadOnlyList<OracleWindow> Cumulative(long timestamp, long size, long step, long offset = 0)
    {
        var windows = new List<OracleWindow>();
        Int128 start = ExactFloorStart(timestamp, size, offset);
        for (Int128 end = start + step; end <= start + size; end += step)
        {
            if (end > timestamp)
            {
                windows.Add(new(OracleTime.Saturate(start), OracleTime.Saturate(end)));
            }
        }

        return [.. windows.Distinct()];
    }

    /// <summary>The windows of an aligned shape, by start.</summary>
    public static IReadOnlyList<OracleWindow> Assign(OracleShape shape, long timestamp) => shape.Kind switch
    {
        OracleShapeKind.Tumbling => [Tumbling(timestamp, shape.Size, shape.Offset)],
        OracleShapeKind.Hopping => Hopping(timestamp, shape.Size, shape.Slide, shape.Offset),
        OracleShapeKind.Cumulative => Cumulative(timestamp, shape.Size, shape.Slide, shape.Offset),
        OracleShapeKind.Given => shape.WindowsOf!(timestamp), // Such a shape is made with it.
        OracleShapeKind.Global => [new(OracleTime.Min, OracleTime.Max)],
        _ => throw new ArgumentException("A session depends on other elements, not on one timestamp.", nameof(shape)),
    };

    /// <summary>The session that an element opens before it meets any other.</summary>
    public static OracleWindow Session(long timestamp, long gap) => new(timestamp, OracleTime.Add(timestamp, gap));

    // 128 bits, so that no timestamp, size or offset can overflow on the way; only the result saturates.
    private static Int128 ExactFloorStart(long timestamp, long size, long offset)
    {
        Int128 remainder = ((Int128)timestamp - offset) % size;
        return timestamp - (remainder < 0 ? remainder + size : remainder);
    }

    private static OracleWindow Window(Int128 start, long size) =>
        new(OracleTime.Saturate(start), OracleTime.Saturate(start + size));
}
