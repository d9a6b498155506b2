using Microsoft.Win32.SafeHandles;
using StreamKit.Files.Reading;

namespace StreamKit.Files.Writing;

/// <summary>Where an existing file is written on.</summary>
/// <param name="Length">How much of the file is kept.</param>
/// <param name="IsEmpty">Whether it holds nothing, so that a header is due.</param>
/// <param name="NeedsLineEnd">Whether its last line is complete but not closed.</param>
/// <param name="Cut">How many bytes of a half-written record are not kept.</param>
internal readonly record struct AppendPoint(long Length, bool IsEmpty, bool NeedsLineEnd, long Cut)
{
    /// <summary>Finds it.</summary>
    /// <remarks>
    /// A process that was killed may have left half a record, which would swallow the record behind it. Half a line
    /// becomes a line of its own, because it cannot be told from a whole one; half a quoted CSV field or
    /// MessagePack object is cut off.
    /// </remarks>
    /// <exception cref="InvalidDataException">The file is damaged, so that what is appended
    /// could not be read.</exception>
    public static async ValueTask<AppendPoint> FindAsync(
        string path, bool isGzip, Framing framing, CancellationToken cancellationToken)
    {
        long length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        if (length == 0)
        {
            return new AppendPoint(0, true, false, 0);
        }

        if (!isGzip && framing is LineFraming)
        {
            return new AppendPoint(length, false, await LastByteAsync(path, length).ConfigureAwait(false) != '\n', 0);
        }

        var stream = new PlainFileStream(path, 0, tail: null);
        using InputStream content = isGzip ? new GzipInputStream(stream) : stream;
        (long end, long rest) = await ScanAsync(content, framing, cancellationToken).ConfigureAwait(false);
        string? damage =
            content is GzipInputStream { Fault: { } fault } ? fault.Message
            : framing.IsLost ? "it is no MessagePack"
            : isGzip && rest > 0 ? framing.UnfinishedReason
            : null;
        if (damage is not null)
        {
            throw new InvalidDataException($"'{path}' cannot be appended to: {damage}. Move it away or overwrite it.");
        }

        bool cut = rest > 0 && framing.UnfinishedReason is not null;
        long kept = cut ? end : end + rest;
        return new AppendPoint(isGzip ? length : kept, kept == 0, rest > 0 && !cut, cut ? rest : 0);
    }

    private static async ValueTask<int> LastByteAsync(string path, long length)
    {
        using SafeFileHandle handle = PlainFileStream.OpenHandle(path);
        byte[] last = new byte[1];
        int read = await RandomAccess.ReadAsync(handle, last, length - 1).ConfigureAwait(false);
        return read == 0 ? -1 : last[0];
    }

    /// <summary>The bytes up to the end of the last complete record, and those behind it.</summary>
    private static async ValueTask<(long End, long Behind)> ScanAsync(
        InputStream content, Framing framing, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        long end = 0;
        long rest = 0;
        framing.Reset(atFileStart: true);
        while (true)
        {
            int read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return (end, rest);
            }

            int at = 0;
            while (framing.Scan(buffer.AsSpan(at..read)) is var used && used >= 0)
            {
                end += rest + used;
                (at, rest) = (at + used, 0);
                framing.Reset(atFileStart: false);
            }

            rest += read - at;
        }
    }
}
