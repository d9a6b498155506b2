using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Sqlite.Tests;

/// <summary>The same sink in a job without checkpoints.</summary>
public sealed class UncheckedWordSinkTests : SinkContract<string>, IDisposable
{
    private readonly Database _database = new();

    protected override IReadOnlyList<string> Records { get; } = ["one", "it's two", "drei\n"];

    protected override ISink<string> CreateSink() => _database.SinkOfWords();

    protected override Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        _database.ReadWordsAsync(cancellationToken);

    public void Dispose() => _database.Dispose();
}
