namespace StreamKit.Spilling;

/// <summary>Remembers the most bytes that the files of a folder took when it was looked at.</summary>
internal sealed class DiskWatch(string folder)
{
    public const long EventsBetweenLooks = 1_000_000;

    public long MostBytes { get; private set; }

    public void Look()
    {
        long bytes = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Gone meanwhile.
            }
        }

        MostBytes = Math.Max(MostBytes, bytes);
    }
}
