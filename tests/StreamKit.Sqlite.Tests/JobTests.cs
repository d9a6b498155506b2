using System.Globalization;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Files;

namespace StreamKit.Sqlite.Tests;

public sealed class JobTests
{
    [Fact]
    public async Task EveryLineOfAFileIsInTheDatabaseOnceAlthoughTheJobFailsAgainAndAgain()
    {
        using var database = new Database();
        string[] lines = [.. Enumerable.Range(0, 3000).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        string path = Path.Combine(database.Folder, "words.txt");
        await File.WriteAllLinesAsync(path, lines, TestContext.Current.CancellationToken);

        // At the first line, and then each time a hundred further than the time before.
        int failAt = 0;
        StreamBuilder builder = StreamBuilder.Create("words");
        builder.From(FileSource.Lines(path, new FileSourceOptions { BufferBytes = 64 }), "lines")
            .Select(line =>
            {
                if (int.Parse(line, CultureInfo.InvariantCulture) >= failAt && failAt < lines.Length)
                {
                    failAt += 100;
                    throw new InvalidDataException($"line {line}");
                }

                return line;
            })
            .To(database.SinkOfWords(), "words");
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromMilliseconds(1)) with
            {
                Require = SinkGuarantee.ExactlyOnce,
            },
            Restart = RestartStrategy.Fixed(100, TimeSpan.Zero),
        });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(30, job.GetCheckpointStatus().Restarts);
        Assert.Equal(lines, await database.ReadWordsAsync(TestContext.Current.CancellationToken));
    }
}
