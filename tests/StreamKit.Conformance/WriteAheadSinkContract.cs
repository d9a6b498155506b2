using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Connectors;

namespace StreamKit.Conformance;

/// <summary>
/// What the engine relies on in every sink that writes epochs with a marker; each sink's tests inherit it.
/// </summary>
public abstract class WriteAheadSinkContract<T>
{
    /// <summary>Records to write: at least three, all different.</summary>
    protected abstract IReadOnlyList<T> Records { get; }

    /// <summary>Makes a sink that writes to one place, the same for each call in one test.</summary>
    protected abstract IWriteAheadSink<T> CreateSink();

    /// <summary>Reads what is visible to others now, in the order in which it was written.</summary>
    protected abstract Task<IReadOnlyList<T>> ReadBackAsync(CancellationToken cancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItPromisesExactlyOnceAndBeginsWithoutAMarker()
    {
        ISink<T> sink = CreateSink();
        Assert.Equal(SinkGuarantee.ExactlyOnce, sink.Guarantee);
        await using IWriteAheadSinkWriter<T> writer = await OpenAsync();
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
    }

    [Fact]
    public async Task AnEpochIsWrittenInOrderAndAnotherRunFindsItsMarker()
    {
        await using (IWriteAheadSinkWriter<T> writer = await OpenAsync())
        {
            await CommitAsync(writer, 1, Records[0]);
            await CommitAsync(writer, 2, [.. Records.Skip(1)]);
            Assert.Equal(2, await writer.FindLastEpochAsync(Token));
        }

        await using IWriteAheadSinkWriter<T> next = await OpenAsync();
        Assert.Equal(2, await next.FindLastEpochAsync(Token));
        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public async Task AnEpochWithoutRecordsMovesTheMarkerToo()
    {
        await using IWriteAheadSinkWriter<T> writer = await OpenAsync();
        await CommitAsync(writer, 1);
        Assert.Equal(1, await writer.FindLastEpochAsync(Token));
        Assert.Empty(await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ACancelledCommitLeavesNeitherRecordsNorMarker()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using IWriteAheadSinkWriter<T> writer = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await writer.CommitAsync(1, EpochRuns<T>.BatchOf(Records), cancelled));
        Assert.Equal(0, await writer.FindLastEpochAsync(Token));
        Assert.Empty(await ReadBackAsync(Token));
        await CommitAsync(writer, 1, [.. Records]);
        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public virtual async Task AnEpochIsThereOnceAlthoughARunThatWasGivenUpCommitsItToo()
    {
        await using IWriteAheadSinkWriter<T> old = await OpenAsync();
        await using IWriteAheadSinkWriter<T> next = await OpenAsync();
        Assert.Equal(0, await old.FindLastEpochAsync(Token));
        Assert.Equal(0, await next.FindLastEpochAsync(Token));

        // The one may be shut out by the other, or the other say that it was too late; one of them must write.
        await Record.ExceptionAsync(async () => await CommitAsync(old, 1, Records[0]));
        await Record.ExceptionAsync(async () => await CommitAsync(next, 1, Records[0]));
        Assert.Equal([Records[0]], await ReadBackAsync(Token));
        Assert.Equal(1, await next.FindLastEpochAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryRecordIsThereOnceWhereverRunsAreCutOff(bool closes)
    {
        IReadOnlyList<T>[] epochs = [[Records[0]], [], [.. Records.Skip(1)], []];
        var left = new List<IAsyncDisposable>();
        for (long epoch = 1; epoch <= epochs.Length; epoch++)
        {
            // Cut off with the epoch in a complete checkpoint, before it is written and behind it.
            foreach (bool writes in new[] { false, true })
            {
                IWriteAheadSinkWriter<T> writer = await OpenAsync();
                long last = await writer.FindLastEpochAsync(Token);
                Assert.Equal(epoch - 1, last);
                if (writes)
                {
                    await CommitAsync(writer, epoch, [.. epochs[epoch - 1]]);
                }

                if (closes)
                {
                    await writer.DisposeAsync();
                }
                else
                {
                    left.Add(writer);
                }
            }
        }

        Assert.Equal(Records, await ReadBackAsync(Token));
        foreach (IAsyncDisposable writer in left)
        {
            await writer.DisposeAsync();
        }
    }

    private static ValueTask CommitAsync(
        IWriteAheadSinkWriter<T> writer, long epoch, params IReadOnlyList<T> records) =>
        writer.CommitAsync(epoch, EpochRuns<T>.BatchOf(records), Token);

    private async Task<IWriteAheadSinkWriter<T>> OpenAsync()
    {
        var context = new SinkContext("sink", TimeProvider.System, NullLogger.Instance) { HasCheckpoints = true };
        return Assert.IsType<IWriteAheadSinkWriter<T>>(
            await CreateSink().OpenAsync(context, Token), exactMatch: false);
    }
}
