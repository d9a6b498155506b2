using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Files that nobody sees before they are committed.</summary>
internal sealed class PartFiles<T>(
    FileNames names,
    PartFolder folder,
    RecordEncoder<T> encoder,
    FileSinkOptions options,
    SinkContext context) : SinkFiles<T>(names, options, context)
{
    // Two runs of a job may be alive for a moment, and neither must write into what the other has prepared.
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private List<Part> _parts = [];
    private int _opened;

    /// <summary>Goes on with the numbers of an earlier run.</summary>
    public void ContinueWith(int number) => NextNumber = number;

    /// <summary>The files opened since the last call, and the number that follows theirs.</summary>
    public PartHandle Take()
    {
        var handle = new PartHandle(NextNumber, _parts);
        _parts = [];
        return handle;
    }

    protected override async ValueTask<OutputFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        // With any other treatment of existing files this one has a number that no file has.
        if (File.Exists(path))
        {
            throw new IOException($"The file '{path}' exists already.");
        }

        string pending = string.Create(CultureInfo.InvariantCulture, $"{_run}-{_opened++}");
        OutputFile file = OutputFile.Open(
            folder.PathOf(pending), FileMode.CreateNew, 0, Names.IsGzip ? Options.Compression : null);
        _parts.Add(new Part(pending, folder.TargetOf(path)));
        using var head = new RecordBytes();
        encoder.WriteHeader(head);
        if (head.Length > 0)
        {
            await file.WriteAsync(head.Written).ConfigureAwait(false);
        }

        return file;
    }
}
