// What a program below the comment "context: visits" takes for granted.
using StreamKit.Time;
using StreamKit.Windowing;

StreamBuilder builder = StreamBuilder.Create("visits");
DataStream<Visit> visits = builder
    .From(Array.Empty<Visit>())
    .WithEventTime(v => v.Time, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(10)));

internal sealed record Visit(string Page, string User, double Milliseconds, DateTimeOffset Time);
