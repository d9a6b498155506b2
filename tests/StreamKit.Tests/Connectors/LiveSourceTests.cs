using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Tests.Runtime;

namespace StreamKit.Tests.Connectors;

public class LiveSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAsynchronousSequenceComesInOrderWhetherItWaitsOrNot()
    {
        Assert.Equal(Enumerable.Range(0, 1_000), await Sequence(1_000, every: 7).ToDataStream()
            .ReadAllAsync(new JobOptions { BatchSize = 16 }, Token).ToListAsync(Token));
        Assert.Equal(Enumerable.Range(0, 1_000), await Sequence(1_000, every: int.MaxValue).ToDataStream()
            .ReadAllAsync(new JobOptions { BatchSize = 16 }, Token).ToListAsync(Token));
        Assert.Empty(await Sequence(0, every: 1).ToDataStream().ReadAllAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ARecordOfASlowSequenceDoesNotWaitForTheNext()
    {
        Channel<int> steps = Channel.CreateUnbounded<int>();
        await using IAsyncEnumerator<int> results =
            steps.Reader.ReadAllAsync(Token).ToDataStream().Select(static x => x * 2).ReadAllAsync(Token)
                .GetAsyncEnumerator(Token);
        for (int i = 0; i < 20; i++)
        {
            steps.Writer.TryWrite(i);
            Assert.True(await Eventually.WithinLimitAsync(results.MoveNextAsync().AsTask()));
            Assert.Equal(i * 2, results.Current);
        }

        steps.Writer.Complete();
        Assert.False(await results.MoveNextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASequenceThatFailsFailsTheJob(bool waitsBefore)
    {
        StreamException error = await Assert.ThrowsAsync<StreamException>(
            async () => await Failing().ToDataStream().ReadAllAsync(Token).ToListAsync(Token));
        Assert.IsType<IOException>(error.InnerException);

        async IAsyncEnumerable<int> Failing()
        {
            yield return 1;
            if (waitsBefore)
            {
                await Task.Yield();
            }

            throw new IOException("torn");
        }
    }

    [Fact]
    public async Task ASequenceIsCancelledAndDisposedWhenItsJobStops()
    {
        bool cancelled = false, disposed = false;
        StreamBuilder builder = StreamBuilder.Create("live");
        var sink = new ScriptedSink<int>();
        builder.From(Endless(CancellationToken.None)).To(sink);
        await using StreamJob job = builder.Build().Start();
        await Eventually.TrueAsync(() => sink.Records.Count == 1, "the first record came");
        await Eventually.WithinLimitAsync(job.StopAsync(StopMode.Drain, Token));

        Assert.True(cancelled);
        Assert.True(disposed);
        Assert.True(job.Completion.IsCompletedSuccessfully);

        async IAsyncEnumerable<int> Endless(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return 1;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                cancelled = cancellationToken.IsCancellationRequested;
                disposed = true;
            }
        }
    }

    [Fact]
    public async Task AChannelIsReadToItsEnd()
    {
        Channel<int> channel = Channel.CreateBounded<int>(4);
        Task<List<int>> reading = channel.Reader.ToDataStream().ReadAllAsync(Token).ToListAsync(Token).AsTask();
        for (int i = 0; i < 500; i++)
        {
            await channel.Writer.WriteAsync(i, Token);
        }

        channel.Writer.Complete();
        Assert.Equal(Enumerable.Range(0, 500), await reading);
    }

    [Fact]
    public async Task AChannelThatIsCompletedWithAnErrorFailsTheJob()
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(1);
        channel.Writer.Complete(new IOException("torn"));
        StreamException error = await Assert.ThrowsAsync<StreamException>(
            async () => await channel.Reader.ToDataStream().ReadAllAsync(Token).ToListAsync(Token));
        Assert.Equal("torn", error.InnerException!.Message);
    }

    [Fact]
    public async Task AnObservableIsReadToItsCompletionAndLeft()
    {
        var subject = new Subject();
        Task<List<int>> reading = subject.ToDataStream().ReadAllAsync(Token).ToListAsync(Token).AsTask();
        await Eventually.TrueAsync(() => subject.IsObserved, "the source has subscribed");
        for (int i = 0; i < 100; i++)
        {
            subject.Observer!.OnNext(i);
        }

        subject.Observer!.OnCompleted();
        Assert.Equal(Enumerable.Range(0, 100), await Eventually.WithinLimitAsync(reading));
        Assert.False(subject.IsObserved);
    }

    [Fact]
    public async Task AnObservablesErrorFailsTheJobAfterWhatCameBeforeIt()
    {
        var seen = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("observed");
        builder.From(new Subject(static observer =>
        {
            observer.OnNext(1);
            observer.OnError(new IOException("torn"));
        })).To(seen);
        await using StreamJob job = builder.Build().Start();
        StreamException error =
            await Assert.ThrowsAsync<StreamException>(() => Eventually.WithinLimitAsync(job.Completion));
        Assert.Equal("torn", error.InnerException!.Message);
    }

    [Fact]
    public async Task AnObservableThatIsTooFastFailsTheJobAndTheMessageSaysWhatToDo()
    {
        StreamException error = await Assert.ThrowsAsync<StreamException>(
            async () => await new Subject(Flood).ToDataStream(capacity: 3).ReadAllAsync(Token).ToListAsync(Token));
        Assert.Contains("3 records wait already", error.Message, StringComparison.Ordinal);
        Assert.Contains("WhenFull", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WhenFull.DropOldest, new[] { 7, 8, 9 })]
    [InlineData(WhenFull.DropNewest, new[] { 0, 1, 2 })]
    public async Task WhatAnObservableMayDropIsChosen(WhenFull whenFull, int[] kept) => Assert.Equal(
        kept, await new Subject(Flood).ToDataStream(capacity: 3, whenFull).ReadAllAsync(Token).ToListAsync(Token));

    [Theory]
    [InlineData(WhenFull.DropOldest)]
    [InlineData(WhenFull.DropNewest)]
    public async Task WhatAnObservableDropsIsCountedAndLoggedOnce(WhenFull whenFull)
    {
        using var loggers = new RecordingLoggers();
        StreamBuilder builder = StreamBuilder.Create("observed");
        builder.From(new Subject(Flood), capacity: 3, whenFull).Named("ticks").ForEach(static _ => { });
        await using StreamJob job = builder.Build().Start(new JobOptions { Loggers = loggers });
        await Eventually.WithinLimitAsync(job.Completion);

        Assert.Equal(7, job.GetMetrics().Of("ticks").Single().DroppedRecords);
        Assert.Single(loggers.Lines, static line => line.Text.Contains("'ticks'", StringComparison.Ordinal));
    }

    private static void Flood(IObserver<int> observer)
    {
        for (int i = 0; i < 10; i++)
        {
            observer.OnNext(i);
        }

        observer.OnCompleted();
    }

    private static async IAsyncEnumerable<int> Sequence(int count, int every)
    {
        for (int i = 0; i < count; i++)
        {
            if (i % every == every - 1)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }

    private sealed class Subject(Action<IObserver<int>>? onSubscribe = null) : IObservable<int>, IDisposable
    {
        private volatile IObserver<int>? _observer;

        public IObserver<int>? Observer => _observer;

        public bool IsObserved => _observer is not null;

        public IDisposable Subscribe(IObserver<int> observer)
        {
            _observer = observer;
            onSubscribe?.Invoke(observer);
            return this;
        }

        public void Dispose() => _observer = null;
    }
}
