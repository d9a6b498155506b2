using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Conformance;

/// <summary>What the engine relies on in every source; each source's tests inherit it.</summary>
public abstract class SourceContract<T>
{
    /// <summary>What the source delivers, split after split.</summary>
    protected abstract IReadOnlyList<T> Records { get; }

    /// <summary>Makes a source that delivers <see cref="Records"/> and ends.</summary>
    protected abstract ISource<T> CreateSource();

    /// <summary>
    /// Makes a source with one split that has no record to give for now; null if there is no such thing.
    /// </summary>
    protected virtual ISource<T>? CreateWaitingSource() => null;

    /// <summary>When two records are the same. Default: as their type says.</summary>
    protected virtual IEqualityComparer<T> Comparer => EqualityComparer<T>.Default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItDeliversItsRecordsInOrderEachTimeItIsOpened()
    {
        ISource<T> source = CreateSource();
        for (int i = 0; i < 2; i++)
        {
            await using SourceDriver<T> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);
            Assert.Equal(Records, await driver.ReadAllAsync(Token), Comparer);
            Assert.Empty(driver.BadRecords);
        }
    }

    [Fact]
    public async Task SplitsHaveTheSameNamesEachTime()
    {
        ISource<T> source = CreateSource();
        await using SourceDriver<T> first = await SourceDriver.OpenAsync(source, cancellationToken: Token);
        await using SourceDriver<T> second = await SourceDriver.OpenAsync(source, cancellationToken: Token);
        Assert.Equal(first.Splits.Select(s => s.Name), second.Splits.Select(s => s.Name));
        Assert.Distinct(first.Splits.Select(s => s.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task AReadAddsAtLeastOneRecordOrSaysTheEnd(int room)
    {
        var options = new SourceDriverOptions { BatchRecords = room };
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(CreateSource(), options, Token);
        // The driver itself throws when a reader breaks this rule.
        Assert.Equal(Records, await driver.ReadAllAsync(Token), Comparer);
    }

    [Fact]
    public async Task ReadingOnFromAnyPositionDeliversTheRest()
    {
        ISource<T> source = CreateSource();
        Assert.SkipWhen(source.Replayability == Replayability.None, "this source cannot be read again");
        int splits = (await OpenAndCountAsync(source)).Count;
        for (int split = 0; split < splits; split++)
        {
            IReadOnlyList<T> all = (await OpenAndCountAsync(source))[split];
            for (int k = 0; k <= all.Count; k++)
            {
                await using SourceDriver<T> before = await SourceDriver.OpenAsync(source, cancellationToken: Token);
                Assert.Equal(all.Take(k), await before.Splits[split].ReadCountAsync(k, Token), Comparer);
                string position = Assert.IsType<string>(before.Splits[split].Position);

                await using SourceDriver<T> after = await SourceDriver.OpenAsync(source, cancellationToken: Token);
                await after.Splits[split].SeekAsync(position, Token);
                Assert.Equal(position, after.Splits[split].Position);
                Assert.Equal(all.Skip(k), await after.Splits[split].ReadAllAsync(Token), Comparer);
            }
        }
    }

    [Fact]
    public async Task SeekingWorksInAReaderThatHasReadFurther()
    {
        ISource<T> source = CreateSource();
        Assert.SkipWhen(source.Replayability == Replayability.None, "this source cannot be read again");
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);
        SplitDriver<T> split = driver.Splits[0];
        await split.ReadCountAsync(1, Token);
        string position = Assert.IsType<string>(split.Position);
        IReadOnlyList<T> rest = await split.ReadAllAsync(Token);
        await split.SeekAsync(position, Token);
        Assert.Equal(rest, await split.ReadAllAsync(Token), Comparer);
    }

    [Fact]
    public async Task TheEndStaysTheEnd()
    {
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(CreateSource(), cancellationToken: Token);
        await driver.ReadAllAsync(Token);
        foreach (SplitDriver<T> split in driver.Splits)
        {
            Assert.Empty(await split.ReadAsync(Token));
            Assert.Empty(await split.ReadAsync(Token));
            Assert.True(split.IsEnded);
        }
    }

    [Fact]
    public async Task ACancelledReadDeliversNothingAndLosesNothing()
    {
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(CreateSource(), cancellationToken: Token);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await driver.Splits[0].ReadAsync(cancelled));
        Assert.Equal(Records, await driver.ReadAllAsync(Token), Comparer);
    }

    [Fact]
    public async Task CancellationStopsAWaitingReadAtOnce()
    {
        ISource<T>? source = CreateWaitingSource();
        Assert.SkipWhen(source is null, "this source never waits");
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(source!, cancellationToken: Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<IReadOnlyList<T>> read = driver.Split.ReadAsync(cancel.Token).AsTask();
        Assert.False(read.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task DisposingTwiceIsHarmless()
    {
        SourceDriver<T> driver = await SourceDriver.OpenAsync(CreateSource(), cancellationToken: Token);
        await driver.Splits[0].ReadAsync(1, Token);
        await driver.Splits[0].DisposeAsync();
        await driver.Splits[0].DisposeAsync();
        await driver.DisposeAsync();
        Assert.NotEmpty(driver.Splits);
    }

    private static async Task<List<IReadOnlyList<T>>> OpenAndCountAsync(ISource<T> source)
    {
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);
        var all = new List<IReadOnlyList<T>>();
        foreach (SplitDriver<T> split in driver.Splits)
        {
            all.Add(await split.ReadAllAsync(Token));
        }

        return all;
    }
}
