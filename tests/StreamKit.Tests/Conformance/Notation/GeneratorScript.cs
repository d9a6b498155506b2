using System.Globalization;
using System.Text.RegularExpressions;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Tests.Operators;
using StreamKit.Time;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>
/// Records and what a strategy makes of them: "bound(5)", "10 7 20" gives "10 W5 7 20 W15".
/// </summary>
/// <remarks>
/// In: 10 (a record at 10), 10,7 (two in one batch), 1:10 (of split 1), 10*12 (that carries the marker 12), open1,
/// end1, idle1, active1 (split 1), retire1 (it ends, and others may come), hold1, free1 (alignment
/// holds it, and lets go), now=50 (the clock, and its signal), held=50 (the same under back-pressure, where the clock
/// of idleness stands), W9 (a watermark from before). Out: the records (10r: behind because its split
/// rejoins), the watermarks, IDLE and ACTIVE, and bad:10 for what goes to the error policy. Strategies: monotone,
/// bound(5), punctuated, echo (the marker as it is); idle(100), silent(100) (time goes on by the clock),
/// guard(5,keep|clamp|reject), distance(10) (between the watermarks that matter).
/// </remarks>
internal sealed partial class GeneratorScript
{
    private readonly Bench _bench = new();
    private readonly RecordingReceiver<Marked> _next = new();
    private readonly EventTimeOperator<Marked> _operation;

    private GeneratorScript(string strategy)
    {
        WatermarkStrategy<Marked> made = Watermarks.Monotonic();
        long distance = 0;
        foreach (string word in strategy.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = StrategyWord().Match(word);
            long number = match.Groups[2].Success ? Ticks.Parse(match.Groups[2].Value) : 0;
            switch (match.Groups[1].Value)
            {
                case "monotone":
                    break;
                case "bound":
                    made = Watermarks.BoundedOutOfOrderness(new TimeSpan(number));
                    break;
                case "punctuated":
                    made = Watermarks.Punctuated<Marked>(static r => r.Marker is { } at ? new Timestamp(at) : null);
                    break;
                case "echo":
                    made = Watermarks.Custom(static () => new Echo());
                    break;
                case "idle":
                    made = made.WithIdleness(new TimeSpan(number));
                    break;
                case "guard":
                    made = made.WithFutureGuard(
                        new TimeSpan(number), Enum.Parse<FuturePolicy>(match.Groups[3].Value, ignoreCase: true));
                    break;
                case "silent":
                    made = made.AdvanceWhenSilent(new TimeSpan(number));
                    break;
                case "distance":
                    distance = number;
                    break;
                default:
                    throw new FormatException($"'{word}' is no strategy.");
            }
        }

        _operation = new EventTimeOperator<Marked>(
            static record => new Timestamp(record.At), made, distance, _next, _bench.Context());
    }

    /// <summary>Fails where the strategy makes anything else of the input.</summary>
    public static void Check(string strategy, string input, string output)
    {
        var script = new GeneratorScript(strategy);
        foreach (string word in input.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            script.Take(word);
        }

        Assert.Equal(output, string.Join(' ', script.Out()));
    }

    private void Take(string word)
    {
        Match signal = SignalWord().Match(word);
        if (!signal.Success)
        {
            Push(word);
            return;
        }

        long number = Ticks.Parse(signal.Groups[2].Value);
        switch (signal.Groups[1].Value)
        {
            case "now=":
                _bench.Clock.Listening += number - _bench.Clock.Now;
                Tick(number);
                break;
            case "held=":
                Tick(number);
                break;
            case "W":
                _bench.Push(_operation, Signal.Watermark(number));
                break;
            case "open":
                _bench.Push(_operation, Signal.SplitStart((int)number));
                break;
            case "end":
                _bench.Push(_operation, Signal.SplitEnd((int)number));
                break;
            case "idle":
                _bench.Push(_operation, Signal.SplitIdle((int)number));
                break;
            case "hold":
                _bench.Push(_operation, Signal.SplitHeld((int)number));
                break;
            case "free":
                _bench.Push(_operation, Signal.SplitReleased((int)number));
                break;
            case "retire":
                _bench.Push(_operation, Signal.SplitRetired((int)number));
                break;
            default:
                _bench.Push(_operation, Signal.SplitActive((int)number));
                break;
        }
    }

    private void Tick(long now)
    {
        _bench.Clock.Now = now;
        _bench.Push(_operation, Signal.ProcessingTime(now));
    }

    private void Push(string word)
    {
        Match batch = BatchWord().Match(word);
        if (!batch.Success)
        {
            throw new FormatException($"'{word}' is no input of a strategy.");
        }

        int split = batch.Groups[1].Success ? int.Parse(batch.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        _bench.Push(_operation, batch.Groups[2].Value.Split(',').Select(static record => record.Split('*')).Select(
            static parts => (0L, new Marked(
                Ticks.Parse(parts[0]), parts.Length > 1 ? Ticks.Parse(parts[1]) : null))), split);
    }

    private IEnumerable<string> Out()
    {
        long watermark = long.MinValue;
        foreach (Recorded<Marked> element in _next.Elements.Where(static e => e.Signal is not { IsLocal: true }))
        {
            // What a batch says of its late records means nothing for those that are not behind.
            bool isBehind = element.Timestamp < watermark;
            watermark = element.Signal is { Kind: SignalKind.Watermark } higher ? higher.Value : watermark;
            yield return element.Signal switch
            {
                { Kind: SignalKind.Watermark } sent => $"W{Ticks.Write(sent.Value)}",
                { Kind: SignalKind.Idle } => "IDLE",
                { Kind: SignalKind.Active } => "ACTIVE",
                { } other => other.ToString(),
                null => Ticks.Write(element.Timestamp)
                    + (isBehind && element.LateCause == LateCause.IdleInputRejoined ? "r" : ""),
            };
        }

        foreach (FailedRecord failed in _bench.Errors.Failed)
        {
            yield return $"bad:{Ticks.Write(((Marked)failed.Record!).At)}"; // Each failed record has its record here.
        }
    }

    [GeneratedRegex(
        @"^(monotone|bound|punctuated|echo|idle|silent|guard|distance)(?:\((" + Ticks.Pattern
            + @")(?:,(keep|clamp|reject))?\))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex StrategyWord();

    [GeneratedRegex(
        "^(now=|held=|W|open|end|idle|active|hold|free|retire)(" + Ticks.Pattern + ")$",
        RegexOptions.CultureInvariant)]
    private static partial Regex SignalWord();

    [GeneratedRegex(
        @"^(?:(\d):)?((?:" + Ticks.Pattern + @"(?:\*" + Ticks.Pattern + ")?,?)+)$", RegexOptions.CultureInvariant)]
    private static partial Regex BatchWord();

    private sealed record Marked(long At, long? Marker);

    private sealed class Echo : IWatermarkGenerator<Marked>
    {
        public Timestamp Watermark { get; private set; } = Timestamp.MinValue;

        public void OnRecord(in Marked record, Timestamp timestamp) =>
            Watermark = record.Marker is { } marker ? new Timestamp(marker) : Watermark;
    }
}
