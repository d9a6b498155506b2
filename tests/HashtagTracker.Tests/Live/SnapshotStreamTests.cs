using System.IO.Pipelines;
using System.Text;
using HashtagTracker.Live;
using Microsoft.Extensions.Time.Testing;

namespace HashtagTracker.Tests.Live;

public sealed class SnapshotStreamTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SnapshotHub _hub;
    private readonly Pipe _pipe = new();

    public SnapshotStreamTests() => _hub = new SnapshotHub(_time, new SnapshotHubOptions());

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task TheStreamSaysWhenToRetryAndThenSendsWholeEvents()
    {
        _hub.Publish(new DashboardSnapshot
        {
            Time = DateTimeOffset.UnixEpoch,
            Source = "two\nlines",
            WindowSeconds = 60,
            EverySeconds = 10,
        });
        Task writing = Write(TestContext.Current.CancellationToken);

        Assert.Equal("retry: 2000", await ReadBlock());
        string[] lines = (await ReadBlock()).Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal("id: 1", lines[0]);
        Assert.Equal("data: " + Encoding.UTF8.GetString(_hub.Latest!.Json.Span), lines[1]);

        _hub.Dispose();
        await writing;
    }

    [Fact]
    public async Task ASilentStreamGetsACommentAfterEachFifteenSecondsOfSilence()
    {
        long began = _time.GetTimestamp();
        Task writing = Write(TestContext.Current.CancellationToken);
        Assert.Equal("retry: 2000", await ReadBlock());
        for (int comments = 1; comments <= 3; comments++)
        {
            Task<string> block = ReadBlock();
            while (!block.IsCompleted && !writing.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            // The clock may run on before the comment is seen, but never can one come sooner.
            Assert.StartsWith(":", await block, StringComparison.Ordinal);
            Assert.True(_time.GetElapsedTime(began) >= TimeSpan.FromSeconds(15 * comments));
        }

        _hub.Dispose();
        await writing;
    }

    [Fact]
    public async Task AClientThatLeavesEndsItsStream()
    {
        using var leave = new CancellationTokenSource();
        Task writing = Write(leave.Token);
        await ReadBlock();

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        Assert.True(_hub.TrySubscribe(out SnapshotSubscription? client));
        using (client)
        {
            await SnapshotStream.WriteAsync(_pipe.Writer.AsStream(), _hub, client, cancellationToken);
        }
    }

    // Up to the next blank line, which ends an event.
    private async Task<string> ReadBlock()
    {
        while (true)
        {
            ReadResult result = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
            string text = Encoding.UTF8.GetString(result.Buffer);
            int end = text.IndexOf("\n\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                string block = text[..end];
                _pipe.Reader.AdvanceTo(result.Buffer.GetPosition(Encoding.UTF8.GetByteCount(block) + 2));
                return block;
            }

            _pipe.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
