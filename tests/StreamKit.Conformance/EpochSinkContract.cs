using StreamKit.Connectors;

namespace StreamKit.Conformance;

/// <summary>What the engine relies on in every sink that commits in two phases; each sink's tests inherit it.</summary>
public abstract class EpochSinkContract<T>
{
    /// <summary>Records to write: at least three, all different.</summary>
    protected abstract IReadOnlyList<T> Records { get; }

    /// <summary>Makes a sink that writes to one place, the same for each call in one test.</summary>
    protected abstract ISink<T> CreateSink();

    /// <summary>Reads what is visible to others now, in the order in which it was written.</summary>
    protected abstract Task<IReadOnlyList<T>> ReadBackAsync(CancellationToken cancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EpochCrashes.All), MemberType = typeof(EpochCrashes))]
    public async Task EveryRecordIsThereOnceWhereverRunsAreCutOff(int rhythm, int first, int second, bool closes)
    {
        IReadOnlyList<T>[] epochs = [[Records[0]], [], [.. Records.Skip(1)], []];
        await using var runs = new EpochRuns<T>(CreateSink, epochs, rhythm);
        await runs.RunAsync(first, closes);
        IReadOnlyList<T> seen = await ReadBackAsync(Token);
        Assert.Equal(Records.Take(seen.Count), seen);
        await runs.RunAsync(second, !closes);
        Assert.True(await runs.RunAsync(int.MaxValue, closes));
        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ItPromisesExactlyOnce()
    {
        Assert.Equal(SinkGuarantee.ExactlyOnce, CreateSink().Guarantee);
        await using IEpochSinkWriter<T> writer = await OpenAsync();
        await writer.RestoreAsync(0, [], Token);
    }

    [Fact]
    public async Task NothingIsVisibleBeforeItIsCommitted()
    {
        await using IEpochSinkWriter<T> writer = await StartAsync();
        await WriteAsync(writer, Records[0]);
        await writer.FlushAsync(Token);
        Assert.Empty(await ReadBackAsync(Token));
        PreparedEpoch first = await PrepareAsync(writer, 1);
        Assert.Empty(await ReadBackAsync(Token));
        await WriteAsync(writer, Records[1]);
        await writer.CommitAsync(first, Token);
        Assert.Equal([Records[0]], await ReadBackAsync(Token));
    }

    [Fact]
    public async Task CommittingTwiceChangesNothing()
    {
        await using IEpochSinkWriter<T> writer = await StartAsync();
        await WriteAsync(writer, [.. Records]);
        PreparedEpoch epoch = await PrepareAsync(writer, 1);
        await writer.CommitAsync(epoch, Token);
        await writer.CommitAsync(epoch, Token);
        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public async Task WhatAnotherRunPreparedIsCommittedAlsoTwice()
    {
        PreparedEpoch epoch;
        await using (IEpochSinkWriter<T> writer = await StartAsync())
        {
            await WriteAsync(writer, [.. Records]);
            epoch = await PrepareAsync(writer, 1);
        }

        for (int i = 0; i < 2; i++)
        {
            await using IEpochSinkWriter<T> next = await OpenAsync();
            await next.RestoreAsync(1, [epoch], Token);
            await next.CommitAsync(epoch, Token);
            Assert.Equal(Records, await ReadBackAsync(Token));
        }
    }

    [Fact]
    public async Task WhatNoCheckpointKnowsIsDiscarded()
    {
        await using (IEpochSinkWriter<T> writer = await StartAsync())
        {
            await WriteAsync(writer, Records[0]);
            await PrepareAsync(writer, 1);
            await WriteAsync(writer, Records[1]);
        }

        await using IEpochSinkWriter<T> next = await StartAsync();
        await WriteAsync(next, Records[2]);
        await next.CommitAsync(await PrepareAsync(next, 1), Token);
        Assert.Equal([Records[2]], await ReadBackAsync(Token));
    }

    [Fact]
    public async Task EpochsWithoutRecordsLeaveNothing()
    {
        await using IEpochSinkWriter<T> writer = await StartAsync();
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            await writer.CommitAsync(await PrepareAsync(writer, epoch), Token);
        }

        Assert.Empty(await ReadBackAsync(Token));
        await WriteAsync(writer, Records[0]);
        await writer.CommitAsync(await PrepareAsync(writer, 4), Token);
        Assert.Equal([Records[0]], await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ACheckpointBeforeWhatIsVisibleIsRefused()
    {
        PreparedEpoch first;
        await using (IEpochSinkWriter<T> writer = await StartAsync())
        {
            await WriteAsync(writer, Records[0]);
            first = await PrepareAsync(writer, 1);
            await writer.CommitAsync(first, Token);
            await WriteAsync(writer, Records[1]);
            await writer.CommitAsync(await PrepareAsync(writer, 2), Token);
        }

        await using IEpochSinkWriter<T> older = await OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await older.RestoreAsync(1, [first], Token));
        await using IEpochSinkWriter<T> atTheBeginning = await OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await atTheBeginning.RestoreAsync(0, [], Token));
        Assert.Equal([Records[0], Records[1]], await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ARunThatWasGivenUpAndLivesOnSpoilsNothing()
    {
        await using IEpochSinkWriter<T> old = await StartAsync();
        await WriteAsync(old, Records[0]);
        PreparedEpoch first = await PrepareAsync(old, 1);
        await WriteAsync(old, Records[1]);

        await using IEpochSinkWriter<T> next = await OpenAsync();
        await next.RestoreAsync(1, [first], Token);
        await WriteAsync(next, Records[1]);
        await old.CommitAsync(first, Token);
        PreparedEpoch second = await PrepareAsync(next, 2);

        // It may fail, for what it had written is gone; it must not be seen.
        await Record.ExceptionAsync(async () => await PrepareAsync(old, 2));
        await Record.ExceptionAsync(async () => await old.DisposeAsync());
        await next.CommitAsync(first, Token);
        await next.CommitAsync(second, Token);
        Assert.Equal([Records[0], Records[1]], await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ACancelledCallLosesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using IEpochSinkWriter<T> writer = await StartAsync();
        await WriteAsync(writer, Records[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await writer.PrepareAsync(1, cancelled));
        PreparedEpoch epoch = await PrepareAsync(writer, 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await writer.CommitAsync(epoch, cancelled));
        await writer.CommitAsync(epoch, Token);
        Assert.Equal([Records[0]], await ReadBackAsync(Token));
    }

    private static async Task<PreparedEpoch> PrepareAsync(IEpochSinkWriter<T> writer, long epoch) =>
        new(epoch, (await writer.PrepareAsync(epoch, Token)).ToArray());

    private static ValueTask WriteAsync(ISinkWriter<T> writer, params IReadOnlyList<T> records) =>
        EpochRuns<T>.WriteAsync(writer, records);

    private Task<IEpochSinkWriter<T>> OpenAsync() => EpochRuns<T>.OpenAsync(CreateSink());

    private async Task<IEpochSinkWriter<T>> StartAsync()
    {
        IEpochSinkWriter<T> writer = await OpenAsync();
        await writer.RestoreAsync(0, [], Token);
        return writer;
    }
}
