using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public class FollowProperties
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// However the bytes are cut into portions, a follower delivers what a reader of the whole file does.
    /// </summary>
    [Property(MaxTest = 60)]
    public Property AFileThatGrowsInAnyPortionsGivesTheSameRecords() => Prop.ForAll(
        ArbMap.Default.ArbFor<PositiveInt[]>(),
        Arbitraries.Rows,
        Gen.Elements(Format.All).ToArbitrary(),
        (portions, rows, format) =>
            Task.Run(() => SameAsync([.. portions.Select(p => p.Get)], rows, format)).GetAwaiter().GetResult());

    private static async Task<bool> SameAsync(int[] portions, Row[] rows, Format format)
    {
        using var folder = new TestFolder();
        var clock = new PollClock();
        byte[] bytes = Written.Of(format, rows);
        string path = folder.Write("growing", "");
        var options = new FileSourceOptions { Follow = true, BufferBytes = 64 };
        await using SourceDriver<Row> driver = await SourceDriver.OpenAsync(
            format.Source(path, options), new SourceDriverOptions { Clock = clock }, Token);
        Task<IReadOnlyList<Row>> reading = driver.Split.ReadCountAsync(rows.Length, Token).AsTask();
        int written = 0;
        foreach (int portion in portions.Append(bytes.Length))
        {
            int count = Math.Min(portion, bytes.Length - written);
            File.AppendAllBytes(path, bytes.AsSpan(written, count));
            written += count;
            if (!reading.IsCompleted && written < bytes.Length)
            {
                // The reader has certainly looked at this portion alone before the next one comes.
                await Task.WhenAny(reading, clock.PollAsync(1));
            }
        }

        IReadOnlyList<Row> read = await clock.UntilAsync(reading);
        return read.SequenceEqual(rows) && driver.BadRecords.Count == 0;
    }
}
