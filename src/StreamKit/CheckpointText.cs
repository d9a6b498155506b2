using System.Globalization;
using System.Text;
using StreamKit.Checkpointing;

namespace StreamKit;

/// <summary>Says in words what a checkpoint holds.</summary>
internal static class CheckpointText
{
    private static readonly string[] s_units = ["bytes", "KB", "MB", "GB", "TB"];

    public static string Of(CheckpointDescription it)
    {
        CheckpointManifest manifest = it.Manifest;
        var text = new StringBuilder();
        Line(text, $"{Capital(it.Checkpoint.ToString())} of job '{manifest.Job}'");
        string completed = (it.Checkpoint.Created ?? manifest.Created).UtcDateTime
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        string age = ExplanationText.Duration(it.Age);
        Line(text, $"  completed {completed}Z, {age} ago, by StreamKit {manifest.StreamKitVersion}");
        string parts = Count(manifest.Parts.Count, "part");
        string finished = Count(manifest.Parts.Count(static part => part.Finished), "subtask");
        string groups = Count(manifest.KeyGroupCount, "key group");
        Line(text, $"  {Bytes(it.Checkpoint.Bytes)} in {parts}, {finished} finished, {groups}");
        List(text, "Operators", it.Operators.Select(Operator));
        List(text, "Positions", it.Positions.Select(Position));
        List(text, "Sinks", it.Epochs.Select(static epoch =>
            string.Create(CultureInfo.InvariantCulture, $"{epoch.Sink}: epoch {epoch.Epoch}")));
        return text.ToString().TrimEnd();
    }

    private static string Operator(CheckpointedOperator it)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{it.Name} ({it.Kind}, state version {it.StateVersion}): {Bytes(it.Bytes)} on {Count(it.Lanes, "lane")}");
        if (it.KeyGroups.Count == 0)
        {
            return text;
        }

        ManifestKeyGroup largest = it.KeyGroups.MaxBy(static group => group.Bytes);
        return text + string.Create(
            CultureInfo.InvariantCulture,
            $", {Count(it.KeyGroups.Count, "key group")}, the largest ({largest.Group}) {Bytes(largest.Bytes)}");
    }

    private static string Position(ManifestPosition it) =>
        $"{it.Source}, split '{it.Split}': {it.Position ?? "no position"}{(it.Ended ? ", ended" : string.Empty)}";

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            Line(text, $"{title}:");
            foreach (string line in all)
            {
                Line(text, $"  {line}");
            }
        }
    }

    // A fixed end of line, so that the text is the same on every system.
    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string Bytes(long bytes)
    {
        int unit = 0;
        double value = bytes;
        for (; value >= 1000 && unit < s_units.Length - 1; unit++)
        {
            value /= 1000;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {s_units[unit]}");
    }
}
