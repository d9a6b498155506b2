using System.Diagnostics;
using StreamKit.Testing;

namespace StreamKit.Conformance;

/// <summary>
/// What the engine and its users rely on in every sink that writes to a server, besides
/// <see cref="SinkContract{T}"/>; each such sink's tests inherit both.
/// </summary>
public abstract class RemoteSinkContract<T>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes a server that holds nothing; skips the test where that cannot be had.</summary>
    protected abstract Task<SinkServer<T>> StartAsync(CancellationToken cancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatAFlushHasPromisedIsThereAlthoughConnectionsBreak()
    {
        await using SinkServer<T> server = await StartAsync(Token);
        await using (SinkDriver<T> driver = await SinkDriver.OpenAsync(server.CreateSink(), cancellationToken: Token))
        {
            for (int round = 0; round < 5; round++)
            {
                await driver.WriteAsync(Records(server, round * 20, 20), Token);
                await driver.FlushAsync(Token);
                await server.BreakAsync(Token);
            }
        }

        Assert.Equal(Enumerable.Range(0, 100), (await server.ReadBackAsync(Token)).Distinct().Order());
    }

    [Fact]
    public async Task ARestartedServerLosesNothing()
    {
        await using SinkServer<T> server = await StartAsync(Token);
        await using (SinkDriver<T> driver = await SinkDriver.OpenAsync(server.CreateSink(), cancellationToken: Token))
        {
            await driver.WriteAsync(Records(server, 0, 20), Token);
            await driver.FlushAsync(Token);
            await server.StopAsync(Token);
            Task restarted = server.RestartAsync(Token);
            await driver.WriteAsync(Records(server, 20, 20), Token);
            await driver.FlushAsync(Token);
            await restarted;
        }

        Assert.Equal(Enumerable.Range(0, 40), (await server.ReadBackAsync(Token)).Distinct().Order());
    }

    [Fact]
    public async Task AServerThatIsGoneIsToldWithItsPlaceAndWithoutSecrets()
    {
        await using SinkServer<T> server = await StartAsync(Token);
        await server.StopAsync(Token);

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            SinkDriver<T> driver = await SinkDriver.OpenAsync(server.CreateSink(), cancellationToken: Token);
            try
            {
                await driver.WriteAsync(Records(server, 0, 3), Token);
                await driver.FlushAsync(Token);
            }
            finally
            {
                // A writer that cannot write what it holds says so again when it is disposed; the first is the cause.
                await Record.ExceptionAsync(async () => await driver.DisposeAsync());
            }
        });

        Assert.Contains(server.Place, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SinkServer<T>.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACallThatWaitsForTheServerIsCancelledAtOnce()
    {
        await using SinkServer<T> server = await StartAsync(Token);
        SinkDriver<T> driver = await SinkDriver.OpenAsync(server.CreateSink(), cancellationToken: Token);
        await driver.WriteAsync(Records(server, 0, 3), Token);
        await driver.FlushAsync(Token);
        await server.StopAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task write = Task.Run(
            async () =>
            {
                await driver.WriteAsync(Records(server, 3, 3), cancel.Token);
                await driver.FlushAsync(cancel.Token);
            },
            Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(s_patience, Token));
        await Record.ExceptionAsync(async () => await driver.DisposeAsync().AsTask().WaitAsync(s_patience, Token));
    }

    [Fact]
    public async Task NoConnectionOutlivesTheWriter()
    {
        await using SinkServer<T> server = await StartAsync(Token);
        await using (SinkDriver<T> driver = await SinkDriver.OpenAsync(server.CreateSink(), cancellationToken: Token))
        {
            await driver.WriteAsync(Records(server, 0, 3), Token);
            await driver.FlushAsync(Token);
        }

        long began = Stopwatch.GetTimestamp();
        while (await server.CountConnectionsAsync(Token) > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, "a connection is still open");
            await Task.Delay(s_pause, TimeProvider.System, Token);
        }
    }

    private static IReadOnlyList<T> Records(SinkServer<T> server, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(server.RecordOf)];
}
