using Microsoft.Win32.SafeHandles;

namespace StreamKit.Files.Reading;

/// <summary>
/// The bytes of a file from an offset on; when followed, it ends only when the file gives way to another.
/// </summary>
internal sealed class PlainFileStream : InputStream
{
    private readonly SafeFileHandle _handle;
    private readonly FileTail? _tail;
    private long _position;

    public PlainFileStream(string path, long offset, FileTail? tail)
    {
        _handle = OpenHandle(path);
        (_position, _tail) = (offset, tail);
    }

    public FileEnding Ending { get; private set; }

    public long FileLength => RandomAccess.GetLength(_handle);

    /// <summary>Opens a file for reading while others write, rename or delete it.</summary>
    public static SafeFileHandle OpenHandle(string path) => File.OpenHandle(
        path,
        FileMode.Open,
        FileAccess.Read,
        FileShare.ReadWrite | FileShare.Delete,
        FileOptions.Asynchronous | FileOptions.SequentialScan);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            int read =
                await RandomAccess.ReadAsync(_handle, buffer, _position, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                _position += read;
                _tail?.OnGrowth();
                return read;
            }

            if (_tail is null)
            {
                return 0;
            }

            if (_tail.Look(_handle, _position) is { } ending)
            {
                Ending = ending;
                return 0;
            }

            await _tail.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handle.Dispose();
        }

        base.Dispose(disposing);
    }
}
