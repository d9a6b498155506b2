using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

/// <summary>The contract for files of rows, in each format.</summary>
public abstract class RowSourceContract : SourceContract<Row>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected abstract Format Form { get; }

    protected virtual string Extension => "";

    protected virtual FileSourceOptions Options { get; } = new();

    protected override IReadOnlyList<Row> Records { get; } =
    [
        new(1, "plain", 1.5, null, true),
        new(2, "", -0.1, 7, false),
        new(3, "a \"quote\", a comma;; and\r\ntwo\nlines", double.MaxValue, long.MinValue, true),
        new(4, " ünïcödé \U0001F600 ", 1e-300, 0, false),
        new(5, "\"", 0, -1, true),
        new(6, new string('x', 300), 5, 5, true),
    ];

    protected override ISource<Row> CreateSource()
    {
        string path = _folder["rows." + Form.Name + Extension];
        byte[] bytes = Written.Of(Form, Records);
        File.WriteAllBytes(path, Extension == ".gz" ? TestFolder.Gzip(bytes)
            : Extension == ".br" ? TestFolder.Brotli(bytes) : bytes);
        return Form.Source(path, Options);
    }

    protected override ISource<Row> CreateWaitingSource() =>
        Form.Source(_folder.Write("empty." + Form.Name, ""), Options with { Follow = true });

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
