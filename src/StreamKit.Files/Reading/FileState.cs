using Microsoft.Win32.SafeHandles;

namespace StreamKit.Files.Reading;

/// <summary>What tells two open files apart, as far as every operating system says it.</summary>
/// <remarks>
/// The base library offers no file number. Two handles of one file agree in all of this at one moment; two files that agree
/// in length and, to a fraction of a second, in both times are not met in practice.
/// </remarks>
internal readonly record struct FileState(long Length, DateTime Written, DateTime Created)
{
    public static FileState Of(SafeFileHandle handle) => new(
        RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle), File.GetCreationTimeUtc(handle));
}
