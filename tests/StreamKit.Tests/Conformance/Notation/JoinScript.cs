using System.Text.RegularExpressions;
using StreamKit.Testing;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>
/// Two inputs that are joined: "left tumbling(10) lateness(5) | &lt;a1 &gt;a2 W10 a1+a2".
/// </summary>
/// <remarks>
/// Before the bar stand the join (inner, left, right, full, cogroup) and words of a scenario. Behind it: &lt;a1 and
/// &gt;a2 (a record of the left, of the right), W10 (both watermarks), &lt;W10 and &gt;IDLE (of one side), END, EMPTY,
/// and the full stop. All else is what must have come: a1+a2 (a pair), a1+ and +a2 (one alone), a:1,3+2 (the lists of
/// a key), late&gt;a2[0,10); with then(1) the window of the row before it.
/// </remarks>
internal sealed partial class JoinScript : IDisposable
{
    private readonly JoinTest<Mark, Mark, string> _test;
    private readonly string _text;
    private readonly string[] _words;
    private readonly List<string> _expected = [];
    private bool _isExpecting;
    private int _rowsSeen;
    private int _lateLeftSeen;
    private int _lateRightSeen;

    private JoinScript(string text)
    {
        string[] halves = text.Split('|');
        if (halves.Length != 2)
        {
            throw new FormatException($"'{text}' has {halves.Length - 1} bars; a script of a join has one.");
        }

        string[] settings = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _text = text;
        _words = halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ScenarioSettings said = settings.Skip(1).Aggregate(new ScenarioSettings(), ScenarioWords.Set);
        _test = StreamTest.For(
            (DataStream<Mark> left, DataStream<Mark> right) => Join(settings[0], said, Keys(left), Keys(right)),
            new StreamTestOptions { Unit = TimeSpan.FromTicks(1) });
    }

    /// <summary>Fails where the engine says anything else.</summary>
    public static void Check(string text)
    {
        using var script = new JoinScript(text);
        foreach (string word in script._words)
        {
            script.Take(word);
        }

        script.Compare();
    }

    public void Dispose() => _test.Dispose();

    private static KeyedStream<string, Mark> Keys(DataStream<Mark> input) => input
        .WithEventTime(mark => new Timestamp(mark.At), Watermarks.Monotonic())
        .KeyBy(mark => mark.Key);

    private static (DataStream<string> Rows, DataStream<Late<Mark>> Left, DataStream<Late<Mark>> Right) Join(
        string kind, ScenarioSettings settings, KeyedStream<string, Mark> left, KeyedStream<string, Mark> right)
    {
        if (settings with { Windows = null, Lateness = 0, Then = null } != new ScenarioSettings())
        {
            throw new FormatException($"'{kind}' has settings that joins have not.");
        }

        WindowAssigner windows = settings.Windows
            ?? throw new FormatException($"'{kind}' has no windows that two inputs can share.");
        TimeSpan lateness = TimeSpan.FromTicks(settings.Lateness);
        DataStream<Late<Mark>> lateLeft, lateRight;
        DataStream<string> rows = kind switch
        {
            "inner" => left.Join(right).Within(windows).AllowLateness(lateness)
                .SideOutputLate(out lateLeft, out lateRight).Select((l, r) => $"{l}+{r}"),
            "left" => left.LeftJoin(right).Within(windows).AllowLateness(lateness)
                .SideOutputLate(out lateLeft, out lateRight).Select((l, r) => $"{l}+{r}"),
            "right" => left.RightJoin(right).Within(windows).AllowLateness(lateness)
                .SideOutputLate(out lateLeft, out lateRight).Select((l, r) => $"{l}+{r}"),
            "full" => left.FullJoin(right).Within(windows).AllowLateness(lateness)
                .SideOutputLate(out lateLeft, out lateRight).Select((l, r) => $"{l}+{r}"),
            "cogroup" => left.CoGroup(right).Within(windows).AllowLateness(lateness)
                .SideOutputLate(out lateLeft, out lateRight).Select((key, ls, rs) => $"{key}:{Times(ls)}+{Times(rs)}"),
            _ => throw new FormatException($"'{kind}' is no join."),
        };
        return (settings.Then is { } size ? Then(rows, size) : rows, lateLeft, lateRight);
    }

    private static DataStream<string> Then(DataStream<string> rows, long size) => rows
        .WindowAll(TimeWindows.Tumbling(TimeSpan.FromTicks(size)))
        .Aggregate(a => string.Join('&', a.ToList(row => row)))
        .Select(w => $"{Span.Of(w.Window)}{w.Value}");

    private static string Times(IEnumerable<Mark> marks) => string.Join(',', marks.Select(m => Ticks.Write(m.At)));

    private static string LateWord(string side, Late<Mark> late) =>
        $"late{side}{late.Value}{string.Concat(late.MissedWindows.Select(Span.Of))}";

    private void Take(string word)
    {
        Match action = Action().Match(word);
        if (word == ".")
        {
            _isExpecting = true;
        }
        else if (word == "EMPTY")
        {
            _test.ExpectNoState();
        }
        else if (!action.Success)
        {
            _expected.Add(word);
            _isExpecting = true;
        }
        else
        {
            if (_isExpecting)
            {
                Compare();
            }

            Act(action);
        }
    }

    private void Act(Match action)
    {
        string side = action.Groups["side"].Value;
        long at = action.Groups["at"].Success ? Ticks.Parse(action.Groups["at"].Value) : 0;
        _ = (side, action.Groups["key"].Value) switch
        {
            ("", "W") => _test.Watermark(at),
            ("<", "W") => _test.WatermarkLeft(at),
            (">", "W") => _test.WatermarkRight(at),
            ("<", "IDLE") => _test.IdleLeft(),
            (">", "IDLE") => _test.IdleRight(),
            ("", "END") => _test.End(),
            ("<", var key) => _test.PushLeft(at, new Mark(key, at)),
            (">", var key) => _test.PushRight(at, new Mark(key, at)),
            _ => throw new FormatException($"'{action.Value}' is no word of a join."),
        };
    }

    private void Compare()
    {
        string[] came =
        [
            .. _test.Outputs.Skip(_rowsSeen),
            .. _test.LateLeft.Skip(_lateLeftSeen).Select(static late => LateWord("<", late)),
            .. _test.LateRight.Skip(_lateRightSeen).Select(static late => LateWord(">", late)),
        ];
        Assert.True(
            _expected.SequenceEqual(came),
            $"{_text}\nexpected: {string.Join(' ', _expected)}\nbut came: {string.Join(' ', came)}");
        _test.Verify();
        (_rowsSeen, _isExpecting) = (_test.Outputs.Count, false);
        (_lateLeftSeen, _lateRightSeen) = (_test.LateLeft.Count, _test.LateRight.Count);
        _expected.Clear();
    }

    [GeneratedRegex(
        "^(?:(?<side>[<>])(?:(?<key>IDLE)|(?<key>[a-z]+|W)(?<at>" + Ticks.Pattern + "))|(?<key>END)|(?<key>W)(?<at>"
            + Ticks.Pattern + "))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Action();
}
