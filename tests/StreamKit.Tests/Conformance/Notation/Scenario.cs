using System.Globalization;
using System.Text.RegularExpressions;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>A scenario in words: "tumbling(10) lateness(3) | a1 W10 a[0,10)=1 a2 a[0,10)=2@late".</summary>
/// <remarks>The words are listed in docs/reference/conformance.md; a word that is not among them is an error.</remarks>
internal sealed partial record Scenario(ScenarioSettings Settings, IReadOnlyList<ScenarioStep> Steps)
{
    private const string MarkPattern = "(?<key>[a-z]+)(?<at>" + Ticks.Pattern + @")(?::(?<number>\d+))?";

    public static Scenario Parse(string text)
    {
        string[] halves = text.Split('|');
        if (halves.Length != 2)
        {
            throw new FormatException($"'{text}' has {halves.Length - 1} bars; a scenario has one.");
        }

        ScenarioSettings settings = Words(halves[0]).Aggregate(new ScenarioSettings(), ScenarioWords.Set);
        if (settings is { Windows: null, RecordWindows: null })
        {
            throw new FormatException($"'{text}' names no windows.");
        }

        return new Scenario(settings, [.. Words(halves[1]).Select(Step)]);
    }

    private static string[] Words(string text) =>
        text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ScenarioStep Step(string word) => word switch
    {
        "IDLE" => new ScenarioStep.Idle(),
        "ACTIVE" => new ScenarioStep.Active(),
        "END" => new ScenarioStep.End(),
        "EMPTY" => new ScenarioStep.Empty(),
        "." => new ScenarioStep.Nothing(),
        _ when PushWord().Match(word) is { Success: true } push => new ScenarioStep.Push(MarkOf(push)),
        _ when WatermarkWord().Match(word) is { Success: true } w =>
            new ScenarioStep.Watermark(Ticks.Parse(w.Groups[1].Value)),
        _ when PassWord().Match(word) is { Success: true } pass => new ScenarioStep.Pass(Number(pass.Groups[1])),
        _ when UnassignedWord().Match(word) is { Success: true } count =>
            new ScenarioStep.Unassigned(Number(count.Groups[1])),
        _ when ResultWord().Match(word) is { Success: true } result => new ScenarioStep.Result(ResultOf(result)),
        _ when LateWord().Match(word) is { Success: true } late => new ScenarioStep.Late(LateOf(late)),
        _ => throw new FormatException($"'{word}' is no word of a scenario."),
    };

    private static Mark MarkOf(Match match) =>
        new(match.Groups["key"].Value, Ticks.Parse(match.Groups["at"].Value))
        {
            Number = match.Groups["number"].Success ? Number(match.Groups["number"]) : null,
        };

    private static ExpectedResult ResultOf(Match match) =>
        new(match.Groups["key"].Value, Span.ParseAll(match.Groups["window"].Value)[0], match.Groups["value"].Value)
        {
            IsRetraction = match.Groups["minus"].Success,
            IsFilled = match.Groups["filled"].Success,
            Timing = match.Groups["timing"].Value switch
            {
                "early" => PaneTiming.Early,
                "late" => PaneTiming.Late,
                _ => PaneTiming.OnTime,
            },
            Index = match.Groups["index"].Success ? (int)Number(match.Groups["index"]) : null,
            IsFinal = match.Groups["final"].Success ? match.Groups["final"].Value == "!" : null,
        };

    private static ExpectedLate LateOf(Match match) =>
        new(MarkOf(match), match.Groups["missed"].Value is "[]" ? [] : Span.ParseAll(match.Groups["missed"].Value))
        {
            Watermark = match.Groups["watermark"].Success ? Ticks.Parse(match.Groups["watermark"].Value) : null,
            AcceptedByOthers = match.Groups["others"].Success,
        };

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^" + MarkPattern + "$", RegexOptions.CultureInvariant)]
    private static partial Regex PushWord();

    [GeneratedRegex("^W(" + Ticks.Pattern + ")$", RegexOptions.CultureInvariant)]
    private static partial Regex WatermarkWord();

    [GeneratedRegex(@"^P(\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex PassWord();

    [GeneratedRegex(@"^UNASSIGNED=(\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex UnassignedWord();

    [GeneratedRegex(
        "^(?<minus>-)?(?<key>[a-z]+)(?<window>" + Span.Pattern + @")=(?<value>[\w,+-]+)"
            + @"(?<filled>\*)?(?:@(?<timing>early|late))?(?:#(?<index>\d+))?(?<final>[!~])?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex ResultWord();

    [GeneratedRegex(
        "^late:" + MarkPattern + @"(?<missed>\[\]|(?:" + Span.Pattern + ")+)"
            + "(?:@(?<watermark>" + Ticks.Pattern + @"))?(?<others>\+others)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex LateWord();
}
