using StreamKit.Connectors;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Connectors;

public class ViewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AViewShowsTheNewestRecord()
    {
        var view = new View<int>();
        Assert.False(view.TryGet(out _));
        Assert.Equal(0, view.Count);
        await WriteAsync(view, [1, 2, 3]);
        await WriteAsync(view, []);

        Assert.True(view.TryGet(out int latest));
        Assert.Equal((3, 3), (latest, view.Count));
    }

    [Fact]
    public async Task AKeyedViewShowsTheLatestWindowOfEachKey()
    {
        var view = new KeyedView<string, long>();
        await WriteAsync(view, [Result("a", 10, 1), Result("b", 10, 2), Result("a", 20, 3)]);
        await WriteAsync(view, [Result("b", 10, 5, PaneTiming.Late), Result("a", 10, 9, PaneTiming.Late)]);

        Assert.Equal(3, view.TryGet("a", out WindowResult<string, long> a) ? a.Value : 0);
        Assert.Equal(5, view.TryGet("b", out WindowResult<string, long> b) ? b.Value : 0);
        Assert.False(view.TryGet("c", out _));
        Assert.Equal(2, view.Count);
        Assert.Equal(["a", "b"], view.Snapshot().Select(static w => w.Key).Order());
    }

    [Fact]
    public async Task AKeyedViewGivesUpWhatIsTakenBackAndNothingNewer()
    {
        var view = new KeyedView<string, long>();
        await WriteAsync(
            view, [Result("a", 10, 1), Result("a", 20, 2), Retraction("a", 10, 1), Result("b", 10, 4),
                Retraction("b", 10, 4)]);
        Assert.Equal(2, view.TryGet("a", out WindowResult<string, long> a) ? a.Value : 0);
        Assert.False(view.TryGet("b", out _));
    }

    [Fact]
    public async Task AKeyedViewForgetsKeysThatSayNothingNew()
    {
        var view = new KeyedView<string, long>(TimeSpan.FromTicks(5));
        await using ISinkWriter<WindowResult<string, long>> writer = await OpenAsync(view);
        await writer.WriteAsync(Batch([Result("a", 10, 1), Result("b", 20, 2)]), Token);
        await writer.OnWatermarkAsync(new Timestamp(14), Token);
        Assert.Equal(2, view.Count);
        await writer.OnWatermarkAsync(new Timestamp(15), Token);
        Assert.Equal("b", Assert.Single(view.Snapshot()).Key);
        await writer.OnWatermarkAsync(Timestamp.MaxValue, Token);
        Assert.Equal(1, view.Count);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KeyedView<string, long>(TimeSpan.Zero));
    }

    [Fact]
    public async Task AWindowViewShowsTheLatestWindows()
    {
        var view = new WindowView<string, long>(windows: 2);
        Assert.Null(view.Latest);
        await WriteAsync(view, [Result("a", 10, 1), Result("a", 20, 2), Result("b", 20, 3), Result("a", 30, 4)]);
        Assert.Equal([20, 30], view.Windows.Select(static w => w.EndTime.Ticks));
        Assert.Equal(30, view.Latest!.Value.EndTime.Ticks);
        Assert.Equal([2, 3], view.Results(Span(20)).Select(static w => w.Value).Order());
        Assert.Empty(view.Results(Span(10)));

        // A late pane of a window that is kept counts; one of a window that is gone does not bring it back.
        await WriteAsync(view, [Result("a", 20, 7, PaneTiming.Late), Result("a", 10, 8, PaneTiming.Late)]);
        Assert.Equal([3, 7], view.Results(Span(20)).Select(static w => w.Value).Order());
        Assert.Equal([20, 30], view.Windows.Select(static w => w.EndTime.Ticks));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WindowView<string, long>(0));
    }

    [Fact]
    public async Task AWindowThatWasTakenBackDoesNotTakeTheRoomOfOthers()
    {
        var view = new WindowView<string, long>(windows: 2);
        await WriteAsync(view, [Result("a", 10, 1), Result("a", 20, 1), Retraction("a", 20, 1), Result("a", 21, 2)]);
        Assert.Equal([10, 21], view.Windows.Select(static w => w.EndTime.Ticks));
        await WriteAsync(view, [Retraction("a", 21, 2), Retraction("a", 10, 1)]);
        Assert.Null(view.Latest);
    }

    [Fact]
    public async Task ReadersNeverSeeHalfABatchOfAWindow()
    {
        var view = new WindowView<string, long>(windows: 3);
        using var done = new CancellationTokenSource();
        Task<int>[] readers =
            [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntil(view, done.Token), Token))];
        await using ISinkWriter<WindowResult<string, long>> writer = await OpenAsync(view);
        for (int i = 1; i <= 2_000; i++)
        {
            await writer.WriteAsync(Batch([Result("a", i * 10, i), Result("b", i * 10, i)]), Token);
        }

        await done.CancelAsync();
        int[] torn = await Task.WhenAll(readers);
        Assert.Equal([0, 0], torn);
        Assert.Equal(3, view.Windows.Count);
    }

    private static int ReadUntil(WindowView<string, long> view, CancellationToken done)
    {
        int torn = 0;
        while (!done.IsCancellationRequested)
        {
            if (view.Latest is { } latest)
            {
                long[] values = [.. view.Results(latest).Select(static w => w.Value)];
                torn += values.Length is 0 || values is [var one, var other] && one == other ? 0 : 1;
            }
        }

        return torn;
    }

    private static Window Span(long end) => new(new Timestamp(end - 10), new Timestamp(end));

    private static WindowResult<string, long> Result(
        string key, long end, long value, PaneTiming timing = PaneTiming.OnTime) =>
        new(key, Span(end), value, new Pane(timing, 0));

    private static WindowResult<string, long> Retraction(string key, long end, long value) =>
        new(key, Span(end), value, new Pane(PaneTiming.Late, 0, isRetraction: true));

    private static SinkBatch<T> Batch<T>(T[] records) => new(records, new long[records.Length]);

    private static ValueTask<ISinkWriter<T>> OpenAsync<T>(ISink<T> sink) => sink.OpenAsync(
        new SinkContext(
            "view", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance), Token);

    private static async Task WriteAsync<T>(ISink<T> sink, T[] records)
    {
        await using ISinkWriter<T> writer = await OpenAsync(sink);
        await writer.WriteAsync(Batch(records), Token);
        await writer.FlushAsync(Token);
    }
}
