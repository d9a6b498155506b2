using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

public abstract class RowSinkContract : SinkContract<Row>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected abstract Format Form { get; }

    protected virtual string Name => "rows." + Form.Name;

    protected virtual string Pattern => Name;

    protected virtual FileSinkOptions Options { get; } = new();

    protected override IReadOnlyList<Row> Records { get; } =
    [
        new(1, "plain", 1.5, null, true),
        new(2, "a \"quote\", a comma;; and\r\ntwo\nlines", -2, long.MaxValue, false),
        new(3, "", 0, 0, true),
        new(4, "last", 4, 4, false),
    ];

    protected override ISink<Row> CreateSink() => Form.Sink(_folder[Name], Options);

    protected override async Task<IReadOnlyList<Row>> ReadBackAsync(CancellationToken cancellationToken)
    {
        // A gzip file that is still being written has no end, which a reader reports after the records.
        (IReadOnlyList<Row> rows, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(Form.Source(_folder[Pattern], null));
        Assert.True(bad.Count == 0 || Name.EndsWith(".gz", StringComparison.Ordinal));
        return rows;
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
