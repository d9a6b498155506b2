using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

public sealed class LineSinkTests : SinkContract<string>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected override IReadOnlyList<string> Records { get; } = ["one", "two, \"three\"", "vier\rfünf", "\U0001F600"];

    protected override ISink<string> CreateSink() => FileSink.Lines(_folder["lines.txt"]);

    protected override async Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken) =>
        (await Written.ReadAsync(FileSource.Lines(_folder["lines.txt"]))).Records;

    public void Dispose() => _folder.Dispose();
}
