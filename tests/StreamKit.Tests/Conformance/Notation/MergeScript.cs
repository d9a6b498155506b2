using System.Globalization;
using System.Text.RegularExpressions;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Tests.Laws;
using StreamKit.Tests.Operators;
using StreamKit.Time;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>
/// Several inputs and the watermark that is made of them: "2 | 0=5>MIN 1=4>4 0:idle>4 1:idle>5,idle".
/// </summary>
/// <remarks>
/// Before the bar stands the number of inputs. Then each word does something and says the watermark behind the arrow:
/// 0=5 (input 0 reports 5), 0:idle, 0:active, 0:end, 0:retire (it ends, and others may come), + (an input is added),
/// +30 (one that has 30 stored). Only splits are retired and have something stored. Behind the watermark may stand
/// "idle" (the result is idle) and "rejoin1" (input 1 is active and rejoining); what is not written must not be so.
/// </remarks>
internal sealed partial class MergeScript
{
    private readonly int _inputs;
    private readonly List<Step> _steps = [];

    private MergeScript(string text)
    {
        string[] halves = text.Split('|');
        if (halves.Length != 2 || !int.TryParse(halves[0], CultureInfo.InvariantCulture, out _inputs))
        {
            throw new FormatException($"'{text}' does not begin with a number of inputs and one bar.");
        }

        foreach (string word in halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Word().Match(word);
            if (!match.Success)
            {
                throw new FormatException($"'{word}' is no word of a script of several inputs.");
            }

            _steps.Add(new Step(word, match));
        }
    }

    public static MergeScript Parse(string text) => new(text);

    /// <summary>Compares with all that merges inputs or splits.</summary>
    public static void Check(string text)
    {
        MergeScript script = Parse(text);
        script.CheckMerge();
        if (!script._steps.Exists(static step => step.IsOfSplits))
        {
            script.CheckInputs();
        }

        script.CheckSplits();
    }

    /// <summary>Compares with the merge itself, which also tells who is rejoining.</summary>
    private void CheckMerge()
    {
        var merge = new WatermarkMerge();
        for (int i = 0; i < _inputs; i++)
        {
            merge.Add();
        }

        foreach (Step step in _steps)
        {
            long watermark = step.Kind switch
            {
                "+" => Add(merge, step.Stored),
                "idle" => merge.Idle(step.Input),
                "active" => merge.Active(step.Input),
                "end" => merge.Finish(step.Input),
                "retire" => merge.Retire(step.Input),
                _ => merge.Advance(step.Input, step.Value),
            };
            int?[] rejoining =
            [
                .. Enumerable.Range(0, merge.Count)
                    .Where(input => merge.IsRejoining(input) && !merge.IsIdleInput(input)).Cast<int?>(),
            ];
            Require(step, watermark, merge.IsIdle);
            Assert.True(
                (step.Rejoining is { } one ? [one] : Array.Empty<int?>()).SequenceEqual(rejoining),
                $"{step.Word}: rejoining are {string.Join(", ", rejoining)}");
        }
    }

    /// <summary>Compares with a step that has several inputs.</summary>
    private void CheckInputs()
    {
        var log = new SignalLog<long>();
        var inputs = new InputMerge<Batch<long>>(log);
        for (int i = 0; i < _inputs; i++)
        {
            inputs.AddInput();
        }

        foreach (Step step in _steps)
        {
            if (step.Kind == "+")
            {
                inputs.AddInput();
            }
            else
            {
                inputs.OnSignal(step.Input, step.Kind switch
                {
                    "idle" => Signal.Idle,
                    "active" => Signal.Active,
                    "end" => Signal.End,
                    _ => Signal.Watermark(step.Value),
                });
            }

            Require(step, log.Watermark, log.IsIdle);
            Assert.False(log.Fell, $"{step.Word}: the watermark fell");
        }
    }

    /// <summary>Compares with a source of several splits whose records are in order.</summary>
    private void CheckSplits()
    {
        var log = new SignalLog<long>();
        var bench = new Bench();
        var operation = new EventTimeOperator<long>(
            static t => new Timestamp(t), Watermarks.Monotonic(), granularity: 0, log, bench.Context());
        int splits = 0;
        while (splits < _inputs)
        {
            bench.Push(operation, Signal.SplitStart(splits++));
        }

        foreach (Step step in _steps)
        {
            switch (step.Kind)
            {
                case "+":
                    var origin = new SplitOrigin("source", $"{splits}") { StoredWatermark = step.Stored };
                    bench.Push(operation, Signal.SplitStart(splits++, origin));
                    break;
                case "=":
                    bench.Push(operation, [(0L, step.Value)], step.Input);
                    break;
                default:
                    bench.Push(operation, step.Kind switch
                    {
                        "idle" => Signal.SplitIdle(step.Input),
                        "active" => Signal.SplitActive(step.Input),
                        "retire" => Signal.SplitRetired(step.Input),
                        _ => Signal.SplitEnd(step.Input),
                    });
                    break;
            }

            Require(step, log.Watermark, log.IsIdle);
            Assert.False(log.Fell, $"{step.Word}: the watermark fell");
        }
    }

    private static long Add(WatermarkMerge merge, long stored)
    {
        merge.Add(stored);
        return merge.Current;
    }

    private static void Require(Step step, long watermark, bool idle) => Assert.True(
        step.Expected == watermark && step.IsIdle == idle,
        $"{step.Word}: the watermark is {Ticks.Write(watermark)}{(idle ? ", idle" : "")}");

    [GeneratedRegex(
        @"^(?:(?<input>\d)(?:=(?<value>" + Ticks.Pattern + @")|:(?<kind>idle|active|end|retire))"
            + @"|(?<kind>\+)(?<stored>" + Ticks.Pattern + ")?)"
            + ">(?<expected>" + Ticks.Pattern + @")(?<idle>,idle)?(?:,rejoin(?<rejoin>\d))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    private sealed class Step(string word, Match match)
    {
        public string Word { get; } = word;

        public string Kind { get; } = match.Groups["kind"].Success ? match.Groups["kind"].Value : "=";

        public int Input { get; } = Digit(match.Groups["input"]) ?? 0;

        public long Value { get; } = match.Groups["value"].Success ? Ticks.Parse(match.Groups["value"].Value) : 0;

        public long Stored { get; } =
            match.Groups["stored"].Success ? Ticks.Parse(match.Groups["stored"].Value) : long.MinValue;

        public bool IsOfSplits => Kind == "retire" || Stored != long.MinValue;

        public long Expected { get; } = Ticks.Parse(match.Groups["expected"].Value);

        public bool IsIdle { get; } = match.Groups["idle"].Success;

        public int? Rejoining { get; } = Digit(match.Groups["rejoin"]);

        private static int? Digit(Group group) => group.Success ? group.Value[0] - '0' : null;
    }
}
