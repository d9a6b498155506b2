using Microsoft.Win32.SafeHandles;

namespace StreamKit.Files.Reading;

/// <summary>
/// Watches a file that has been read to its end, until it grows, is truncated or gives its name to another.
/// </summary>
internal sealed class FileTail(string path, TimeSpan pollInterval, TimeProvider clock)
{
    private bool _replaced;

    /// <summary>Looks at the file after a read that found nothing.</summary>
    /// <returns>How the file ended; null if it is worth reading on after <see cref="WaitAsync"/>.</returns>
    public FileEnding? Look(SafeFileHandle handle, long position)
    {
        FileState before = FileState.Of(handle);
        if (before.Length < position)
        {
            return FileEnding.Truncated;
        }

        // The program that writes may hold on to the old file for a moment after it was renamed, so it is read once
        // more.
        bool wasReplaced = _replaced;
        _replaced = IsReplaced(handle, before);
        return wasReplaced && _replaced ? FileEnding.Replaced : null;
    }

    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(pollInterval, clock, cancellationToken);

    /// <summary>Takes notice that the file has grown.</summary>
    public void OnGrowth() => _replaced = false;

    private bool IsReplaced(SafeFileHandle handle, FileState before)
    {
        FileState named;
        try
        {
            using SafeFileHandle other = PlainFileStream.OpenHandle(path);
            named = FileState.Of(other);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Between the renaming of the old file and the creation of the new one there is none.
            return false;
        }

        // If the open file changed meanwhile, the difference proves nothing; the next look will.
        return named != before && FileState.Of(handle) == before;
    }
}
