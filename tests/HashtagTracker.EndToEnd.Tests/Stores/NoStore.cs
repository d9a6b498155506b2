namespace HashtagTracker.EndToEnd.Tests.Stores;

/// <summary>No sink besides the page.</summary>
internal sealed class NoStore : Store
{
    public override IReadOnlyList<string> Options { get; } = ["--sink", "none"];

    public override Task<IEnumerable<(string Window, string Tag, long Count)>> ReadAsync() =>
        throw new NotSupportedException("There is only the page to look at.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
