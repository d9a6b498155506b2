using System.Diagnostics;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Conformance;

/// <summary>
/// What the engine and its users rely on in every source that reads from a server, besides
/// <see cref="SourceContract{T}"/>; each such source's tests inherit both.
/// </summary>
public abstract class RemoteSourceContract<T>
{
    // Long enough for the slowest way back to a server on a busy machine.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes a server without records; skips the test where that cannot be had.</summary>
    protected abstract Task<SourceServer<T>> StartAsync(CancellationToken cancellationToken);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRecordComesOnceAlthoughConnectionsBreak()
    {
        await using SourceServer<T> server = await StartAsync(Token);
        await using SourceDriver<T> driver = await OpenAsync(server);
        var received = new List<int>();
        int sent = 0;
        for (int round = 0; round < 5; round++)
        {
            await server.SendAsync(Enumerable.Range(sent, 40), Token);
            sent += 40;
            await ReadAsync(server, driver, received, sent - 20);
            await server.BreakAsync(Token);
            await server.SendAsync(Enumerable.Range(sent, 20), Token);
            sent += 20;
            await ReadAsync(server, driver, received, sent);
        }

        Assert.Equal(Enumerable.Range(0, sent), received.Order());
    }

    [Fact]
    public async Task WhatNobodyReadsStaysAtTheServer()
    {
        await using SourceServer<T> server = await StartAsync(Token);
        Assert.SkipWhen(
            server.MostReadAhead is null, "nothing can hold this server back, or it cannot tell what was read");
        int most = server.MostReadAhead!.Value;
        await server.SendAsync(Enumerable.Range(0, (3 * most) + 1000), Token);
        await using SourceDriver<T> driver = await OpenAsync(server);
        var received = new List<int>();
        await ReadAsync(server, driver, received, 1);

        // What comes in without being asked for comes within a moment; the bound must hold after it too.
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Token);

        Assert.InRange(await server.CountTakenAsync(Token) - received.Count, 0, most);
        await ReadAsync(server, driver, received, (3 * most) + 1000);
        Assert.Equal(Enumerable.Range(0, (3 * most) + 1000), received.Order());
    }

    [Fact]
    public async Task WhatIsNoRecordIsReportedWithItsPlaceAndTheRestComes()
    {
        await using SourceServer<T> server = await StartAsync(Token);
        await using SourceDriver<T> driver = await OpenAsync(server);
        var received = new List<int>();
        await server.SendAsync([0, 1], Token);
        await ReadAsync(server, driver, received, 2);
        bool canBreak = await server.SendBrokenAsync(Token);
        Assert.SkipUnless(canBreak, "this source takes whatever its server has");
        await server.SendAsync([2, 3], Token);
        await ReadAsync(server, driver, received, 4);

        Assert.Equal([0, 1, 2, 3], received.Order());
        BadRecord bad = Assert.Single(driver.BadRecords);
        Assert.Contains(driver.Splits, split => split.Name == bad.Split);
        Assert.False(string.IsNullOrEmpty(bad.Position), "a bad record has a place");
        Assert.False(bad.Bytes.IsEmpty, "a bad record has its bytes");
    }

    [Fact]
    public async Task AReadThatWaitsForTheServerIsCancelledAtOnce()
    {
        await using SourceServer<T> server = await StartAsync(Token);
        await server.SendAsync([0], Token);
        await using SourceDriver<T> driver = await OpenAsync(server);
        await ReadAsync(server, driver, [], 1);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<IReadOnlyList<T>>[] waiting = [.. driver.Splits.Select(s => s.ReadAsync(cancel.Token).AsTask())];

        await cancel.CancelAsync();

        foreach (Task<IReadOnlyList<T>> read in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(s_patience, Token));
        }
    }

    [Fact]
    public async Task NoConnectionOutlivesTheSource()
    {
        await using SourceServer<T> server = await StartAsync(Token);
        await server.SendAsync([0, 1, 2], Token);
        await using (SourceDriver<T> driver = await OpenAsync(server))
        {
            await ReadAsync(server, driver, [], 3);
            Assert.True(await server.CountConnectionsAsync(Token) > 0, "a source that reads is connected");
        }

        long began = Stopwatch.GetTimestamp();
        while (await server.CountConnectionsAsync(Token) > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, "a connection is still open");
            await Task.Delay(s_pause, TimeProvider.System, Token);
        }
    }

    private static async Task<SourceDriver<T>> OpenAsync(SourceServer<T> server) => await SourceDriver.OpenAsync(
        server.Source, server.Surroundings with { HasCheckpoints = server.NeedsCheckpoints }, Token);

    // Reads from all splits until so many records have come, with a checkpoint now and then where one is needed.
    private static async Task ReadAsync(
        SourceServer<T> server, SourceDriver<T> driver, List<int> received, int count)
    {
        long began = Stopwatch.GetTimestamp();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reads = new Dictionary<SplitDriver<T>, Task<IReadOnlyList<T>>>();
        while (received.Count < count)
        {
            Assert.True(
                Stopwatch.GetElapsedTime(began) < s_patience, $"Only {received.Count} of {count} records have come.");
            foreach (SplitDriver<T> split in driver.Splits.Where(split => !split.IsEnded && !reads.ContainsKey(split)))
            {
                reads.Add(split, split.ReadAsync(Math.Max(1, count - received.Count), enough.Token).AsTask());
            }

            await Task.WhenAny([Task.Delay(s_pause, TimeProvider.System, Token), .. reads.Values]);
            server.LetTimePass();
            await TakeAsync(reads, received);
        }

        await enough.CancelAsync();
        foreach (Task<IReadOnlyList<T>> read in reads.Values)
        {
            try
            {
                Note(await read, received);
            }
            catch (OperationCanceledException)
            {
                // It waited for more than was sent.
            }
        }

        if (server.NeedsCheckpoints)
        {
            await driver.CompleteCheckpointAsync(Token);
        }

        void Note(IReadOnlyList<T> records, List<int> numbers) => numbers.AddRange(records.Select(server.NumberOf));

        async Task TakeAsync(Dictionary<SplitDriver<T>, Task<IReadOnlyList<T>>> under, List<int> numbers)
        {
            foreach ((SplitDriver<T> split, Task<IReadOnlyList<T>> read) in under.ToArray())
            {
                if (read.IsCompleted)
                {
                    under.Remove(split);
                    Note(await read, numbers);
                }
            }
        }
    }
}
