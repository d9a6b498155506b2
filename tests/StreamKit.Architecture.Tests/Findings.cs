namespace StreamKit.Architecture.Tests;

/// <summary>
/// Fails a test with everything that was found, where the assertions of the framework would cut the list short.
/// </summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings.Distinct()];
        Assert.True(all.Length == 0, $"{all.Length} found:\n{string.Join('\n', all)}");
    }
}
