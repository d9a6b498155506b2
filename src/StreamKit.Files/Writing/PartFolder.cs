using System.Globalization;
using Microsoft.Extensions.Logging;

namespace StreamKit.Files.Writing;

/// <summary>
/// The folder of a sink's pending files, which also remembers the last epoch whose files may be visible.
/// </summary>
/// <remarks>
/// It lies beside the visible files, so that a file becomes visible by being renamed, at once and as a whole. When a
/// method returns, what it did has reached the disk.
/// </remarks>
internal sealed class PartFolder(FileNames names, ILogger logger)
{
    private const string MarkerName = "committed";
    private const string NewMarkerName = "committing";

    /// <summary>The last epoch whose files may be visible; known after <see cref="Open"/>.</summary>
    public long Committed { get; private set; }

    public string PathOf(string pending) => Path.Combine(names.PendingFolder, pending);

    /// <summary>The name that a visible file is remembered by; the folder may be elsewhere when it is read.</summary>
    public string TargetOf(string path) => Path.GetRelativePath(names.Root, path);

    /// <summary>Makes the folder where there is none, and reads what it remembers.</summary>
    /// <exception cref="InvalidDataException">It belongs to other files.</exception>
    public void Open()
    {
        Directory.CreateDirectory(names.PendingFolder);
        FolderDisk.FlushUp(names.PendingFolder, names.Root);
        string marker = PathOf(MarkerName);
        if (File.Exists(marker))
        {
            string[] lines = File.ReadAllLines(marker);
            if (lines.Length < 2 || lines[1] != names.Pattern
                || !long.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch))
            {
                throw new InvalidDataException(
                    $"The folder '{names.PendingFolder}' belongs to other files than '{names.Pattern}': give the files "
                    + "of the two sinks names that differ in more than signs.");
            }

            Committed = epoch;
        }
    }

    /// <summary>Deletes pending files that no checkpoint knows.</summary>
    public void Clean(IEnumerable<Part> keep)
    {
        HashSet<string> kept = [MarkerName, .. keep.Select(static part => part.Pending)];
        foreach (string path in Directory.EnumerateFiles(names.PendingFolder))
        {
            if (!kept.Contains(Path.GetFileName(path)))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Returns when the names of pending files have reached the disk.</summary>
    public void Flush() => FolderDisk.Flush(names.PendingFolder);

    /// <summary>Makes the files of an epoch visible; what had been done of it is not done again.</summary>
    public void Commit(long epoch, IReadOnlyList<Part> parts)
    {
        bool mayBeDone = epoch <= Committed;
        if (!mayBeDone)
        {
            // Before the first file is visible: whoever goes on from an older checkpoint must see that there are some.
            WriteMarker(epoch);
        }

        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (Part part in parts)
        {
            string target = Path.GetFullPath(part.Target, names.Root);
            string pending = PathOf(part.Pending);
            if (File.Exists(pending))
            {
                string folder = Path.GetDirectoryName(target)!; // A full path to a file has a folder.
                Directory.CreateDirectory(folder);
                File.Move(pending, target, overwrite: false);
                folders.Add(folder);
            }
            else if (!File.Exists(target))
            {
                if (!mayBeDone)
                {
                    throw new FileNotFoundException(
                        $"The records of epoch {epoch} are lost: neither '{pending}', where they were prepared, nor "
                        + $"'{target}', where they belong, is there.",
                        pending);
                }

                logger.TakenAway(target);
            }
        }

        foreach (string folder in folders)
        {
            FolderDisk.FlushUp(folder, names.Root);
        }
    }

    private void WriteMarker(long epoch)
    {
        string path = PathOf(NewMarkerName);
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{epoch}\n{names.Pattern}\n");
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(path, PathOf(MarkerName), overwrite: true);
        FolderDisk.Flush(names.PendingFolder);
        Committed = epoch;
    }
}
