// What a program below the comment "context: posts" takes for granted.
using StreamKit.Windowing;

StreamBuilder builder = StreamBuilder.Create("hashtags");
DataStream<Post> written = builder.From(Array.Empty<Post>(), "written");
DataStream<WindowResult<string, long>> counts = written
    .WithEventTime(p => p.CreatedAt, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)))
    .SelectMany(p => p.Hashtags)
    .KeyBy(tag => tag.ToLowerInvariant())
    .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
    .Count();

internal sealed record Post(DateTimeOffset CreatedAt, IReadOnlyList<string> Hashtags);
