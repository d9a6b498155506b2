using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Tests;

/// <summary>Lines are what they are, however the bytes come in.</summary>
public sealed class ReplayLinesProperties
{
    private static readonly string[] s_pieces = ["\n", "\r\n", "\r", "a", "bc", "ä", new('x', 30), new('y', 3000)];

    [Property(MaxTest = 300)]
    public bool TheSplitOfTheInputIntoReadsChangesNothing(byte[] pieces, PositiveInt[] cuts, byte limit)
    {
        string content = string.Concat(pieces.Select(piece => s_pieces[piece % s_pieces.Length]));
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        int maxLineBytes = limit + 1;
        return Expected(bytes, maxLineBytes).SequenceEqual(Split(bytes, cuts, maxLineBytes));
    }

    /// <summary>The same in the plainest way: everything in memory at once.</summary>
    private static IEnumerable<string> Expected(byte[] bytes, int maxLineBytes)
    {
        int start = 0;
        for (int number = 1; start < bytes.Length; number++)
        {
            int feed = Array.IndexOf(bytes, (byte)'\n', start);
            int end = feed < 0 ? bytes.Length : feed;
            int length = end - start;
            length -= length > 0 && bytes[end - 1] == '\r' ? 1 : 0;
            bool isOverLong = length > maxLineBytes;
            int kept = isOverLong ? Math.Min(length, PipeLines.KeptBytes) : length;
            yield return Text(new LinePosition(number, start), isOverLong, length, bytes[start..(start + kept)]);
            start = end + 1;
        }
    }

    private static List<string> Split(byte[] bytes, PositiveInt[] cuts, int maxLineBytes) =>
        Task.Run(() => SplitAsync(bytes, cuts, maxLineBytes)).GetAwaiter().GetResult();

    private static async Task<List<string>> SplitAsync(byte[] bytes, PositiveInt[] cuts, int maxLineBytes)
    {
        var pipe = new Pipe(
            new PipeOptions(minimumSegmentSize: 16, pauseWriterThreshold: 0, useSynchronizationContext: false));
        await using var lines = new PipeLines(pipe.Reader, maxLineBytes, LinePosition.Start);
        List<string> found = [];
        int at = 0;
        for (int i = 0; at < bytes.Length; i++)
        {
            int size = cuts.Length == 0 ? bytes.Length : cuts[i % cuts.Length].Get;
            int end = Math.Min(bytes.Length, at + size);
            await pipe.Writer.WriteAsync(bytes.AsMemory(at, end - at));
            at = end;
            Assert.True(await lines.FillAsync(CancellationToken.None));
            TakeAll(lines, found);
        }

        await pipe.Writer.CompleteAsync();
        while (await lines.FillAsync(CancellationToken.None))
        {
            TakeAll(lines, found);
        }

        return found;
    }

    private static void TakeAll(PipeLines lines, List<string> found)
    {
        while (lines.TryTake(out PipeLine line))
        {
            found.Add(Text(line.Start, line.IsOverLong, line.Length, line.Content.ToArray()));
        }
    }

    private static string Text(LinePosition start, bool isOverLong, long length, byte[] content) =>
        $"{start.Number} {start.Offset} {isOverLong} {length} {Convert.ToHexString(content)}";
}
