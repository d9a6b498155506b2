using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

public sealed class PatternSourceTests : SourceContract<string>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected override IReadOnlyList<string> Records { get; } = ["a1", "a2", "b1", "c1", "c2"];

    protected override ISource<string> CreateSource()
    {
        _folder.Write("b.log", "b1\n");
        _folder.Write("a.log", "a1\na2");
        _folder.Write("c.log.gz", TestFolder.Gzip("c1\nc2\n"u8.ToArray()));
        _folder.Write("d.txt", "no match\n");
        return FileSource.Lines(_folder["?.log*"]);
    }

    protected override ISource<string> CreateWaitingSource()
    {
        _folder.Write("w.tail", "");
        return FileSource.Lines(_folder["*.tail"], new FileSourceOptions { Follow = true });
    }

    public void Dispose() => _folder.Dispose();
}
