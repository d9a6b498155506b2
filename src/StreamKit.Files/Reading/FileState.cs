using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace StreamKit.Files.Reading;

/// <summary>What tells two open files apart, as far as the operating system says it.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="Created">When it was created.</param>
/// <param name="Name">The name that the system knows the open file by; null where it says none.</param>
/// <remarks>
/// The base library offers no file number. On Linux the name of an open file follows it when it is renamed or deleted,
/// which is as good. Elsewhere the rest must do: two handles of one file agree in all of it at one moment, and two
/// files that agree in length and, to a fraction of a second, in both times are hardly met in practice.
/// </remarks>
internal readonly record struct FileState(long Length, DateTime Written, DateTime Created, string? Name)
{
    public static FileState Of(SafeFileHandle handle) => new(
        RandomAccess.GetLength(handle),
        File.GetLastWriteTimeUtc(handle),
        File.GetCreationTimeUtc(handle),
        OperatingSystem.IsLinux() ? NameOf(handle) : null);

    private static string? NameOf(SafeFileHandle handle)
    {
        string number = handle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
        return new FileInfo("/proc/self/fd/" + number).LinkTarget;
    }
}
