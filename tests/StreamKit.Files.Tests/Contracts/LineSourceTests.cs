using StreamKit.Conformance;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests.Contracts;

public sealed class LineSourceTests : SourceContract<string>, IDisposable
{
    private readonly TestFolder _folder = new();

    protected override IReadOnlyList<string> Records { get; } = ["one", "two ", "\tdrei", "vier", "fünf"];

    protected override ISource<string> CreateSource() =>
        FileSource.Lines(_folder.Write("lines.txt", "\uFEFFone\r\ntwo \n\n\tdrei\n\r\nvier\nfünf"));

    protected override ISource<string> CreateWaitingSource() =>
        FileSource.Lines(_folder.Write("waiting.txt", "begun"), new FileSourceOptions { Follow = true });

    public void Dispose() => _folder.Dispose();
}
