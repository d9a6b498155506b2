namespace StreamKit.Tests.Conformance.Notation;

/// <summary>The windows of one record: "tumbling(10)", "-1", "[-10,0)"; an empty list means that it has none.</summary>
internal static class Assignment
{
    /// <summary>Fails where the engine puts a record at that instant into any other windows.</summary>
    public static void Check(string windows, string at, string expected)
    {
        IReadOnlyList<Span> spans = Span.ParseAll(expected);
        string words = string.Join(' ', spans.Select(static span => $"a{span}=1"));
        ScenarioRun.Check($"{windows} | a{at} END {words} UNASSIGNED={(spans.Count == 0 ? 1 : 0)}");
    }
}
