namespace HashtagTracker.EndToEnd.Tests;

/// <summary>A post that goes in.</summary>
/// <param name="At">When it was written, in whole seconds.</param>
/// <param name="Tags">Its hashtags as written, capitals and all.</param>
internal sealed record WrittenPost(DateTimeOffset At, IReadOnlyList<string> Tags)
{
    /// <summary>The length of the windows that the tests count in, and their hop.</summary>
    public const int WindowSeconds = 30, EverySeconds = 10;

    /// <summary>By how many seconds posts come out of order at most.</summary>
    public const int Disorder = 20;

    private static readonly DateTimeOffset s_begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How windows are to be counted, for the command line.</summary>
    public static IReadOnlyList<string> Windows { get; } =
        ["--window", $"{WindowSeconds}s", "--every", $"{EverySeconds}s"];

    /// <summary>Posts of five minutes, out of order, some without a tag and some with the same one twice.</summary>
    public static IReadOnlyList<WrittenPost> Some(int count)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => (Due: (double)i, Post: new WrittenPost(s_begin.AddSeconds(300 * i / count), Draw(random))))
                .OrderBy(post => post.Due + (random.NextDouble() * Disorder * count / 300))
                .Select(post => post.Post),
        ];
    }

    /// <summary>A post without tags, so late that all windows before it are complete.</summary>
    public static WrittenPost Closing { get; } = new(s_begin.AddHours(1), []);

    // Few are used often, most seldom: the square of an even draw.
    private static string[] Draw(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(4)).Select(_ =>
        {
            int tag = (int)(40 * random.NextDouble() * random.NextDouble());
            return random.Next(2) == 0 ? $"Tag{tag}" : $"tag{tag}";
        }),
    ];
}
