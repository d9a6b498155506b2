using System.Text.Json;

namespace StreamKit.Twitter.Tests;

/// <summary>The answers that were computed without StreamKit.</summary>
internal static class Facts
{
    internal static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path($"facts/{name}")));
        return document.RootElement.Clone();
    }

    internal static Dictionary<string, int> Counts(JsonElement element) =>
        element.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32());

    /// <summary>
    /// The columns <c>count</c>, <c>tweets</c>, <c>count_dedup_id</c> and <c>count_extended</c>, by minute and tag.
    /// </summary>
    internal static Dictionary<(string Minute, string Tag), int[]> HashtagsPerMinute(string name)
    {
        // No hashtag holds a comma or a quote, so splitting is enough; the row length is checked.
        var rows = new Dictionary<(string, string), int[]>();
        foreach (string line in File.ReadLines(SharedData.Path($"facts/{name}")).Skip(1))
        {
            string[] cells = line.Split(',');
            Assert.Equal(6, cells.Length);
            rows.Add((cells[0], cells[1]), [.. cells.Skip(2).Select(int.Parse)]);
        }

        return rows;
    }
}
