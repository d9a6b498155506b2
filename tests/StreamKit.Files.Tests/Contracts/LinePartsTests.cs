using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

public sealed class LinePartsTests : EpochSinkContract<string>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected override IReadOnlyList<string> Records { get; } = ["one", "two, \"three\"", "vier\rfünf"];

    protected override ISink<string> CreateSink() =>
        FileSink.Lines(_folder["{1:yyyy}/lines-{0}.txt"], new FileSinkOptions { ExactlyOnce = true });

    protected override async Task<IReadOnlyList<string>> ReadBackAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (string file in Directory.GetFiles(_folder.Path, "lines-*.txt", SearchOption.AllDirectories).Order())
        {
            lines.AddRange((await Written.ReadAsync(FileSource.Lines(file))).Records);
        }

        return lines;
    }

    public void Dispose() => _folder.Dispose();
}
