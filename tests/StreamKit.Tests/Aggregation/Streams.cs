namespace StreamKit.Tests.Aggregation;

/// <summary>Small streams in windows.</summary>
internal static class Streams
{
    /// <summary>All records in one window and under one key.</summary>
    public static WindowedStream<int, T> Windowed<T>(IEnumerable<T> records) => records.ToDataStream()
        .WithEventTime(static _ => DateTimeOffset.UnixEpoch, Watermarks.BoundedOutOfOrderness(TimeSpan.Zero))
        .KeyBy(static _ => 1)
        .Window(TimeWindows.Global());
}
