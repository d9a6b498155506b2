using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Testing;
using StreamKit.Time;

namespace StreamKit.Tests.Runtime;

/// <summary>What a source learns of checkpoints, and splits that come from, and go to, other processes.</summary>
public class SourceCheckpointTests
{
    private readonly CheckpointedJob _counting = new();
    private readonly CollectingSink<At> _out = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheSourceIsToldHowFarEachSplitHadCome()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        source.Context.AddSplit(source.Create("a", 1, 2, 3));
        source.Context.AddSplit(source.Create("b", 7, 9));
        await WrittenAsync(5);

        await source.Context.TakeCheckpointAsync(Token);

        Assert.Equal(
            [
                new SplitPosition("a", "3", Timestamp.FromUnixTimeSeconds(3)),
                new SplitPosition("b", "2", Timestamp.FromUnixTimeSeconds(9)),
            ],
            Assert.Single(source.TakeTold()));
    }

    [Fact]
    public async Task WhereASilentSplitBeginsIsInTheCheckpointToo()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        source.Context.AddSplit(source.Create("silent"), Timestamp.FromUnixTimeSeconds(4));
        await Eventually.TrueAsync(
            () => source.Context.WatermarkOf("silent") > Timestamp.MinValue, "the split is known");

        await source.Context.TakeCheckpointAsync(Token);

        Assert.Equal(
            [new SplitPosition("silent", "0", Timestamp.FromUnixTimeSeconds(4))], Assert.Single(source.TakeTold()));
    }

    [Fact]
    public async Task AnEndedSplitStaysAmongThePositionsAndOneThatWasHandedOverDoesNot()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        MovingSource.Split ended = source.Create("ended", 1), moved = source.Create("moved", 1, 2);
        source.Context.AddSplit(ended);
        source.Context.AddSplit(moved);
        await WrittenAsync(3);
        ended.Leave(isHandedOver: false);
        moved.Leave(isHandedOver: true);
        await LoggedAsync(source, "ended disposed", "moved disposed");

        await source.Context.TakeCheckpointAsync(Token);

        SplitPosition left = Assert.Single(Assert.Single(source.TakeTold()));
        Assert.Equal(("ended", "1"), (left.Split, left.Position));
    }

    [Fact]
    public async Task ASplitThatWasHandedOverComesBackWhereItsReaderSays()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        MovingSource.Split moved = source.Create("moved", 1, 2);
        source.Context.AddSplit(moved);
        await WrittenAsync(2);
        moved.Leave(isHandedOver: true);
        await LoggedAsync(source, "moved disposed");

        source.Context.AddSplit(source.Create("moved", 5, 6), Timestamp.FromUnixTimeSeconds(4));
        await WrittenAsync(4);

        Assert.Equal([1, 2, 5, 6], _out.Records.Select(static record => record.Second));
        Assert.DoesNotContain(source.Log, static line => line.Contains("seeks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheWatermarkOfASplitThatCameFromElsewhereIsKnownBeforeItsFirstRecord()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        Assert.Equal(Timestamp.MinValue, source.Context.WatermarkOf("moved"));

        source.Context.AddSplit(source.Create("moved"), Timestamp.FromUnixTimeSeconds(4));

        await Eventually.TrueAsync(
            () => source.Context.WatermarkOf("moved") == Timestamp.FromUnixTimeSeconds(4), "the watermark is known");
    }

    [Fact]
    public async Task AJobThatGoesOnSeeksTheSplitsThatItHadAndNotThoseThatWereHandedOver()
    {
        var first = new MovingSource();
        await using (StreamJob job = await StartAsync(first))
        {
            MovingSource.Split moved = first.Create("moved", 1);
            first.Context.AddSplit(moved);
            first.Context.AddSplit(first.Create("kept", 1, 2));
            await WrittenAsync(3);
            moved.Leave(isHandedOver: true);
            await LoggedAsync(first, "moved disposed");
            await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Checkpoint, Token));
        }

        Assert.Single(first.TakeTold());
        var second = new MovingSource();
        await using StreamJob next = await StartAsync(second);
        second.Context.AddSplit(second.Create("moved", 8));
        second.Context.AddSplit(second.Create("kept", 1, 2, 9));
        await WrittenAsync(5);

        Assert.Equal(["kept seeks 2"], second.Log);
        Assert.Equal([8, 9], _out.Records.Skip(3).Select(static record => record.Second).Order());
    }

    [Fact]
    public async Task TheLastTellingComesBeforeTheJobEnds()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        MovingSource.Split split = source.Create("a", 1, 2);
        source.Context.AddSplit(split);
        await WrittenAsync(2);
        split.Leave(isHandedOver: false);
        source.Context.MoreSplitsMayCome = false;

        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal("2", Assert.Single(source.TakeTold()[^1]).Position);
    }

    [Fact]
    public async Task ADrainedJobTellsWhatItHasRead()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        source.Context.AddSplit(source.Create("a", 1, 2));
        await WrittenAsync(2);

        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, Token));

        Assert.Equal("2", Assert.Single(source.TakeTold()[^1]).Position);
    }

    [Fact]
    public async Task WhatIsReadInTheMomentOfTheDrainIsAmongTheLastPositions()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source);
        MovingSource.Split split = source.Create("a", 1, 2);
        split.LastSecond = 3;
        source.Context.AddSplit(split);
        await WrittenAsync(2);

        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, Token));

        Assert.Equal([1, 2, 3], _out.Records.Select(static record => record.Second));
        Assert.Equal("3", Assert.Single(source.TakeTold()[^1]).Position);
    }

    [Fact]
    public async Task WhatTheSourceLeavesToTheJobIsDisposedAfterItsReaders()
    {
        var source = new MovingSource();
        await using (StreamJob job = await StartAsync(source))
        {
            source.Context.AddSplit(source.Create("a", 1));
            await WrittenAsync(1);
        }

        Assert.Equal(["a disposed", "resource disposed"], source.Log);
    }

    [Fact]
    public async Task WhatTheTellingThrowsFailsTheJob()
    {
        var source = new MovingSource { WhenTold = static () => throw new InvalidOperationException("no offsets") };
        await using StreamJob job = await StartAsync(source);

        Task asked = source.Context.TakeCheckpointAsync(Token);

        StreamException failure = await Assert.ThrowsAsync<StreamException>(
            () => Eventually.WithinLimitAsync(job.Completion));
        Assert.Equal("no offsets", failure.InnerException?.Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.WithinLimitAsync(asked));
    }

    [Fact]
    public async Task WithoutCheckpointsThereIsNothingToAskFor()
    {
        var source = new MovingSource();
        await using StreamJob job = await StartAsync(source, _counting.JobOptions() with { Checkpoints = null });

        Assert.False(source.Context.HasCheckpoints);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => source.Context.TakeCheckpointAsync(Token));
        Assert.Contains("takes no checkpoints", refused.Message, StringComparison.Ordinal);
    }

    private async Task<StreamJob> StartAsync(MovingSource source, JobOptions? options = null)
    {
        StreamBuilder builder = StreamBuilder.Create("moving");
        builder.From(source, "source")
            .WithEventTime(At.TimeOf, Watermarks.Monotonic()).Named("time")
            .To(_out, "out");
        StreamJob job = builder.Build().Start(options ?? _counting.JobOptions());
        await Eventually.TrueAsync(() => source.IsOpen, "the source is open");
        return job;
    }

    private Task WrittenAsync(int records) =>
        Eventually.TrueAsync(() => _out.Records.Count == records, $"{records} records are written");

    private static Task LoggedAsync(MovingSource source, params string[] lines) => Eventually.TrueAsync(
        () =>
        {
            lock (source.Log)
            {
                return lines.All(source.Log.Contains);
            }
        },
        string.Join(", ", lines));
}
