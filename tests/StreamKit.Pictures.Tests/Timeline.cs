using System.Globalization;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>A picture of what the engine really said about a few records.</summary>
/// <remarks>
/// A script is words: <c>a3</c> is a record of key a at second 3, <c>a3*</c> one with a mark, <c>W10</c> a watermark,
/// <c>P2</c> two seconds of processing time, <c>END</c> the end of the stream.
/// </remarks>
internal sealed class Timeline
{
    private readonly List<(Reading Reading, int Arrival)> _dots = [];
    private readonly List<(int At, int AfterBars)> _marks = [];

    private Timeline(string title) => Title = title;

    public string Title { get; }

    public IReadOnlyList<(Reading Reading, int Arrival)> Dots => _dots;

    /// <summary>The watermarks, and how many results had come before each.</summary>
    public IReadOnlyList<(int At, int AfterBars)> Marks => _marks;

    public IReadOnlyList<Bar> Bars { get; private set; } = [];

    public static Timeline Of<TValue>(
        string title,
        string script,
        Func<KeyedStream<string, Reading>, DataStream<WindowResult<string, TValue>>> program)
    {
        var timeline = new Timeline(title);
        using var test = StreamTest.For(
            (DataStream<Reading> input) => program(input
                .WithEventTime(reading => Timestamp.FromUnixTimeSeconds(reading.At), Watermarks.Monotonic())
                .KeyBy(reading => reading.Key)),
            new StreamTestOptions { Lanes = [1], RandomReplays = 0 });
        foreach (string word in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            timeline.Do(test, word);
        }

        timeline.Bars = [.. test.Outputs.Select(Bar.Of)];
        return timeline;
    }

    private void Do<TOut>(StreamTest<Reading, TOut> test, string word)
    {
        switch (word)
        {
            case "END":
                test.End();
                break;
            case ['W', .. var at]:
                test.Watermark(Number(at));
                _marks.Add((Number(at), test.Outputs.Count));
                break;
            case ['P', .. var seconds]:
                test.ProcessingTime(TimeSpan.FromSeconds(Number(seconds)));
                break;
            default:
                var reading = new Reading(word[..1], Number(word[1..].TrimEnd('*')))
                {
                    Value = word.EndsWith('*') ? 0 : 1,
                };
                _dots.Add((reading, _dots.Count + 1));
                test.Push(reading.At, reading);
                break;
        }
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
