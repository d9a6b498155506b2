using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StreamKit.Files.Writing;

/// <summary>Brings the names in a folder to the disk: a file may be there while its name is not.</summary>
internal static partial class FolderDisk
{
    /// <summary>The same for a folder and those above it, up to a root.</summary>
    public static void FlushUp(string folder, string root)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            Flush(at);
            if (at.Length <= root.Length)
            {
                return;
            }
        }
    }

    /// <summary>Returns when the names in a folder have reached the disk.</summary>
    public static void Flush(string folder)
    {
        // Windows journals the names in its folders by itself, and gives no handle to flush them with.
        if (!OperatingSystem.IsWindows())
        {
            const int ReadOnly = 0;
            int descriptor = Open(folder, ReadOnly);
            if (descriptor < 0)
            {
                throw new IOException(
                    $"The folder '{folder}' cannot be flushed.", new Win32Exception(Marshal.GetLastPInvokeError()));
            }

            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            RandomAccess.FlushToDisk(handle);
        }
    }

    // The platform opens no folders as files; flushing and closing are the platform's again.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
