using System.Diagnostics;
using System.Globalization;

namespace StreamKit.Spilling;

/// <summary>Measures one way to keep more state than memory, in a process of its own.</summary>
internal static class Program
{
    private const int MegaByte = 1 << 20;

    private static async Task<int> Main(string[] words)
    {
        if (words is not [var engine, var events, var keys, var cap])
        {
            await Console.Error.WriteLineAsync("memory|files|rocksdb EVENTS KEYS CAP-MB");
            return 2;
        }

        var load = new SpillLoad(
            long.Parse(events, CultureInfo.InvariantCulture),
            long.Parse(keys, CultureInfo.InvariantCulture),
            long.Parse(cap, CultureInfo.InvariantCulture) * MegaByte);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("streamkit-spilling-");
        try
        {
            using var process = Process.GetCurrentProcess();
            long start = Stopwatch.GetTimestamp();
            SpillResult result = engine == "rocksdb"
                ? RocksEngine.Run(load, folder.FullName)
                : await StreamKitEngine.RunAsync(load, folder.FullName, limited: engine == "files");
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            process.Refresh();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{engine}: {took.TotalNanoseconds / load.Events:0} ns an event, "
                    + $"{result.DiskBytes / (double)MegaByte:0} MB on disk, "
                    + $"{process.PeakWorkingSet64 / (double)MegaByte:0} MB peak working set, "
                    + $"{result.Keys} keys, count {result.Count}, sum {result.Sum}"));
            return result.Count == load.Events ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
