using StreamKit.Checkpointing;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests;

/// <summary>Jobs from files to files that fail again and again.</summary>
public sealed class RestartTests : IDisposable
{
    private const int Count = 1200;

    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv", "", FileSplits.PerFile)]
    [InlineData("csv", ".gz", FileSplits.PerFile)]
    [InlineData("semicolon.csv", "", FileSplits.Concatenated)]
    [InlineData("jsonl", "", FileSplits.PerFile)]
    [InlineData("jsonl", ".gz", FileSplits.Concatenated)]
    [InlineData("msgpack", "", FileSplits.PerFile)]
    [InlineData("msgpack", ".gz", FileSplits.Concatenated)]
    public async Task EveryRowOfSeveralFilesArrivesOnce(string format, string packing, FileSplits splits)
    {
        Format form = Format.Of(format);
        Row[] rows = [.. Enumerable.Range(0, Count)
            .Select(static i => new Row(i, $"a \"row\",\n{i}", i / 8.0, null, true))];
        await Written.ToAsync(form, _folder["in-0." + format + packing], null, rows[..100]);
        await Written.ToAsync(form, _folder["in-1." + format + packing], null, []);
        await Written.ToAsync(form, _folder["in-2." + format + packing], null, rows[100..]);

        int failAt = 0;
        int seen = 0;
        StreamBuilder builder = StreamBuilder.Create("rows");
        builder.From(
                form.Source(_folder["in-*"], new FileSourceOptions { BufferBytes = 64, Splits = splits }), "rows")
            .Select(row =>
            {
                if (seen++ >= failAt && failAt < Count)
                {
                    failAt += 50;
                    throw new InvalidDataException($"at {row.Id}, {failAt}");
                }

                return row;
            })
            .To(
                form.Sink(_folder["out-{0:00000}." + format + packing], new FileSinkOptions { ExactlyOnce = true }),
                "out");
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Checkpoints = Checkpoints.In(new MemoryCheckpointStore(), TimeSpan.FromMilliseconds(1)) with
            {
                Require = SinkGuarantee.ExactlyOnce,
            },
            Restart = RestartStrategy.Fixed(100, TimeSpan.Zero),
        });
        await job.Completion.WaitAsync(Token);

        var inOrder = new FileSourceOptions { Splits = FileSplits.Concatenated };
        (IReadOnlyList<Row> written, IReadOnlyList<BadRecord> bad) =
            await Written.ReadAsync(form.Source(_folder["out-*"], inOrder));
        Assert.Empty(bad);
        Assert.Equal(rows, written.OrderBy(static row => row.Id));
        Assert.True(job.GetCheckpointStatus().Restarts > 10);
    }

    [Fact]
    public async Task AnotherProcessGoesOnWhereTheSavepointWasAndTakesUpNewFiles()
    {
        await File.WriteAllLinesAsync(_folder["in-0.txt"], ["a", "b"], Token);
        await File.WriteAllLinesAsync(_folder["in-1.txt"], ["c"], Token);
        var store = new DirectoryCheckpointStore(_folder["checkpoints"]);
        var follow = new FileSourceOptions { Follow = true, PollInterval = TimeSpan.FromMilliseconds(1) };
        await using (StreamJob job = Start(store, follow))
        {
            await SeenAsync(job, 3);
            await job.StopWithSavepointAsync("upgrade", Token);
        }

        Assert.Equal(["a", "b", "c"], Visible().Order());
        await File.AppendAllLinesAsync(_folder["in-0.txt"], ["d"], Token);
        await File.WriteAllLinesAsync(_folder["in-2.txt"], ["e"], Token);
        await using (StreamJob job = Start(store, follow))
        {
            await SeenAsync(job, 2);
            await job.StopAsync(StopMode.Checkpoint, Token);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], Visible().Order());
    }

    [Fact]
    public async Task AJobThatStartsAtTheBeginningIsRefusedWhereItsFilesAre()
    {
        await File.WriteAllLinesAsync(_folder["in-0.txt"], ["a"], Token);
        await using (StreamJob job = Start(new MemoryCheckpointStore(), new FileSourceOptions()))
        {
            await job.Completion.WaitAsync(Token);
        }

        await using StreamJob again = Start(new MemoryCheckpointStore(), new FileSourceOptions());
        Diagnostics.StartException refused =
            await Assert.ThrowsAsync<Diagnostics.StartException>(() => again.Completion.WaitAsync(Token));
        Assert.Contains("or move the files", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], Visible());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task SeenAsync(StreamJob job, int records)
    {
        while (job.GetMetrics().Of("out").Sum(static step => step.RecordsIn) < records)
        {
            Assert.False(job.Completion.IsCompleted);
            await Task.Yield();
        }
    }

    private StreamJob Start(ICheckpointStore store, FileSourceOptions options)
    {
        StreamBuilder builder = StreamBuilder.Create("lines");
        builder.From(FileSource.Lines(_folder["in-*.txt"], options), "lines")
            .To(FileSink.Lines(_folder["out-{0:000}.txt"], new FileSinkOptions { ExactlyOnce = true }), "out");
        return builder.Build().Start(new JobOptions
        {
            Checkpoints = Checkpoints.In(store, TimeSpan.FromHours(1)),
        });
    }

    private string[] Visible() =>
        [.. Directory.GetFiles(_folder.Path, "out-*.txt").Order().SelectMany(File.ReadAllLines)];
}
