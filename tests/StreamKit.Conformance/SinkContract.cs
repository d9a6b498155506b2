using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Conformance;

/// <summary>What the engine relies on in every sink that appends; each sink's tests inherit it.</summary>
public abstract class SinkContract<T>
{
    /// <summary>Records to write: at least three, all different.</summary>
    protected abstract IReadOnlyList<T> Records { get; }

    /// <summary>Makes a sink that writes to one place, the same for each call in one test.</summary>
    protected abstract ISink<T> CreateSink();

    /// <summary>Reads what is visible to others now; a sink may be open.</summary>
    protected abstract Task<IReadOnlyList<T>> ReadBackAsync(CancellationToken cancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordsKeepTheirOrderWithinAndAcrossBatches()
    {
        await using (SinkDriver<T> driver = await SinkDriver.OpenAsync(CreateSink(), cancellationToken: Token))
        {
            await driver.WriteAsync([Records[0]], Token);
            await driver.WriteAsync([], Token);
            await driver.WriteAsync([.. Records.Skip(1)], Token);
        }

        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public async Task AFlushMakesWhatWasWrittenVisible()
    {
        await using SinkDriver<T> driver = await SinkDriver.OpenAsync(CreateSink(), cancellationToken: Token);
        await driver.FlushAsync(Token);
        for (int i = 0; i < Records.Count; i++)
        {
            await driver.WriteAsync([Records[i]], Token);
            await driver.FlushAsync(Token);
            await driver.FlushAsync(Token);
            Assert.Equal(Records.Take(i + 1), await ReadBackAsync(Token));
        }
    }

    [Fact]
    public async Task DisposingFlushesAndIsHarmlessTwice()
    {
        SinkDriver<T> driver = await SinkDriver.OpenAsync(CreateSink(), cancellationToken: Token);
        await driver.WriteAsync(Records, Token);
        await driver.DisposeAsync();
        await driver.DisposeAsync();
        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ACancelledCallCorruptsNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using (SinkDriver<T> driver = await SinkDriver.OpenAsync(CreateSink(), cancellationToken: Token))
        {
            await driver.WriteAsync([Records[0]], Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await driver.WriteAsync([Records[1]], cancelled));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await driver.FlushAsync(cancelled));
            await driver.WriteAsync([.. Records.Skip(2)], Token);
        }

        Assert.Equal([Records[0], .. Records.Skip(2)], await ReadBackAsync(Token));
    }

    [Fact]
    public async Task ASinkThatIsOpenedAgainKeepsWhatWasWrittenBefore()
    {
        foreach (T record in Records)
        {
            await using SinkDriver<T> driver = await SinkDriver.OpenAsync(CreateSink(), cancellationToken: Token);
            await driver.WriteAsync([record], Token);
        }

        Assert.Equal(Records, await ReadBackAsync(Token));
    }

    [Fact]
    public async Task NothingIsWrittenForNothing()
    {
        await using (SinkDriver<T> driver = await SinkDriver.OpenAsync(CreateSink(), cancellationToken: Token))
        {
            await driver.WriteAsync([], Token);
            await driver.FlushAsync(Token);
        }

        Assert.Empty(await ReadBackAsync(Token));
    }
}
