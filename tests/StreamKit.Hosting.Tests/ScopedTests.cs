using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace StreamKit.Hosting.Tests;

/// <summary>Services with a scope in the steps of a pipeline.</summary>
public sealed class ScopedTests : IAsyncDisposable
{
    private const int Records = 5000;

    private readonly ConcurrentQueue<Worker> _made = new();
    private readonly TestApp _app = new();

    public ScopedTests() => _app.Services.AddScoped(_ =>
    {
        var worker = new Worker();
        _made.Enqueue(worker);
        return worker;
    });

    [Fact]
    public async Task EveryRecordHasAScopeOfItsOwnThatIsDisposedWhenItsCallHasReturned()
    {
        List<Worker> used = [];
        await RunAsync((services, builder) => builder.From(Enumerable.Range(0, Records))
            .SelectScoped(services, (Worker worker, int n) =>
            {
                worker.Work();
                Assert.Equal(n, _made.Count(static w => w.IsDisposed));
                return (worker, n);
            })
            .ForEach(each => used.Add(each.worker)));

        Assert.Equal(Records, used.Count);
        Assert.All(used, static worker => Assert.Equal((1, true), (worker.Calls, worker.IsDisposed)));
        Assert.Equal(_made, used);
    }

    [Fact]
    public async Task LanesNeverShareAScope()
    {
        ConcurrentDictionary<string, int> lanes = new();
        await RunAsync(
            (services, builder) => builder.From(Enumerable.Range(0, Records))
                .KeyBy(static n => n)
                .Window(TimeWindows.Global())
                .Count()
                .SelectScoped(services, (Worker worker, Windowing.WindowResult<int, long> count) =>
                {
                    worker.Work();
                    return count.Key;
                })
                .Named("on-lanes")
                .ForEach(static _ => { }),
            static options => options.Parallelism = 8,
            job => job.GetMetrics().Of("on-lanes").ToList().ForEach(lane =>
                lanes[$"{lane.Subtask}"] = (int)lane.RecordsIn));

        Assert.Equal((8, Records), (lanes.Values.Count(static n => n > 0), lanes.Values.Sum()));
        Assert.Equal(Records, _made.Count);
        Assert.All(
            _made,
            static worker => Assert.Equal((1, 1, true), (worker.Calls, worker.Threads, worker.IsDisposed)));
    }

    [Fact]
    public async Task AScopeIsDisposedWhereTheDelegateFails()
    {
        await RunAsync(
            static (services, builder) => builder.From(Enumerable.Range(0, 10))
                .SelectScoped(services, static (Worker worker, int n) => n == 7 ? throw new FormatException() : n)
                .ForEach(static _ => { }),
            static options => options.ConfigureJob = static (_, job) => job with { OnError = ErrorPolicy.Skip },
            static job => Assert.Equal(1, job.GetMetrics().Errors));

        Assert.Equal(10, _made.Count);
        Assert.All(_made, static worker => Assert.True(worker.IsDisposed));
    }

    [Fact]
    public async Task ASequenceIsReadToItsEndBeforeItsScopeIsDisposed()
    {
        List<int> seen = [];
        await RunAsync((services, builder) => builder.From([1, 0, 2])
            .SelectManyScoped(services, static (Worker worker, int n) => n == 0 ? null : worker.Count(n))
            .ForEach(seen.Add));

        Assert.Equal([0, 0, 1], seen);
        Assert.All(_made, static worker => Assert.True(worker.IsDisposed));
    }

    [Fact]
    public async Task AnOutputAwaitsTheServiceAndItsDisposal()
    {
        List<int> seen = [];
        _app.Services.AddScoped<AsyncWorker>();
        await RunAsync((services, builder) => builder.From([1, 2, 3])
            .ForEachScoped(services, async (AsyncWorker worker, int n, CancellationToken token) =>
            {
                await Task.Yield();
                Assert.False(token.IsCancellationRequested);
                worker.Finished = () => seen.Add(n);
            }, "out"));

        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task AListIsOneRecordAndHasOneScope()
    {
        List<int> sizes = [];
        await RunAsync((services, builder) => builder.From(Enumerable.Range(0, 1000))
            .Batch(max: 100, within: TimeSpan.FromHours(1))
            .ForEachScoped(services, (Worker worker, IReadOnlyList<int> list, CancellationToken _) =>
            {
                worker.Work();
                sizes.Add(list.Count);
                return ValueTask.CompletedTask;
            }));

        Assert.Equal(Enumerable.Repeat(100, 10), sizes);
        Assert.Equal(10, _made.Count);
        Assert.All(_made, static worker => Assert.True(worker.IsDisposed));
    }

    [Fact]
    public async Task TheScopeItselfCanBeAskedFor()
    {
        bool same = false;
        await RunAsync((services, builder) => builder.From([1])
            .SelectScoped(services, (IServiceProvider scope, int n) =>
            {
                same = ReferenceEquals(scope.GetRequiredService<Worker>(), scope.GetRequiredService<Worker>());
                return n;
            })
            .ForEach(static _ => { }));

        Assert.True(same);
    }

    [Fact]
    public async Task AServiceThatIsNotRegisteredIsMissedWhenTheApplicationStarts()
    {
        _app.Services.AddStreamKit().AddPipeline("scoped", static (services, builder) => builder.From([1])
            .SelectScoped(services, static (Uri unknown, int n) => n)
            .ForEach(static _ => { }));
        Exception missed = await Assert.ThrowsAsync<InvalidOperationException>(_app.StartAsync);

        Assert.Equal(
            "The pipeline 'scoped' could not be built: No service of the type System.Uri is registered; a step of the "
            + "pipeline asks for it.",
            missed.Message);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task RunAsync(
        Action<IServiceProvider, StreamBuilder> build,
        Action<PipelineOptions>? configure = null,
        Action<StreamJob>? look = null)
    {
        _app.Services.AddStreamKit().AddPipeline("scoped", build, configure);
        await _app.StartAsync();
        await Eventually.WithinLimitAsync(_app.Jobs["scoped"].Completion);
        look?.Invoke(_app.Jobs["scoped"]);
        await _app.StopAsync();
    }

    private sealed class Worker : IDisposable
    {
        private readonly ConcurrentDictionary<int, bool> _threads = new();
        private int _calls;

        public int Calls => _calls;

        public int Threads => _threads.Count;

        public bool IsDisposed { get; private set; }

        public void Work()
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            _threads[Environment.CurrentManagedThreadId] = true;
            Interlocked.Increment(ref _calls);
        }

        public IEnumerable<int> Count(int to)
        {
            for (int i = 0; i < to; i++)
            {
                Work();
                yield return i;
            }
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class AsyncWorker : IAsyncDisposable
    {
        public Action? Finished { get; set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Finished?.Invoke();
        }
    }
}
