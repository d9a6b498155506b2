using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

public abstract class RowPartsContract : EpochSinkContract<Row>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected abstract Format Form { get; }

    protected virtual string Name => "rows-{0:000}." + Form.Name;

    protected virtual string Pattern => "rows-*." + Form.Name;

    protected virtual FileSinkOptions Options { get; } = new() { ExactlyOnce = true };

    protected override IReadOnlyList<Row> Records { get; } =
    [
        new(1, "plain", 1.5, null, true),
        new(2, "a \"quote\", a comma;; and\r\ntwo\nlines", -2, long.MaxValue, false),
        new(3, "", 0, 0, true),
    ];

    protected override ISink<Row> CreateSink() => Form.Sink(_folder[Name], Options);

    protected override async Task<IReadOnlyList<Row>> ReadBackAsync(CancellationToken cancellationToken)
    {
        string pattern = _folder[Pattern];
        string folder = Path.GetDirectoryName(pattern)!;
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, Path.GetFileName(pattern)).Length == 0)
        {
            return [];
        }

        (IReadOnlyList<Row> rows, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(Form.Source(pattern, null));
        Assert.Empty(bad);
        return rows;
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
