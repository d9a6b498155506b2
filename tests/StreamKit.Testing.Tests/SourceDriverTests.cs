using StreamKit.Connectors;
using StreamKit.Time;

namespace StreamKit.Testing.Tests;

/// <summary>The driver of sources keeps sources to what the engine relies on.</summary>
public class SourceDriverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AReadThatMetOnlyBadRecordsIsFollowedByTheNext()
    {
        var source = new Script(static (context, buffer, call) =>
        {
            if (call < 3)
            {
                context.Report(new BadRecord("split", "0", ReadOnlyMemory<byte>.Empty, new FormatException("bad")));
            }
            else
            {
                buffer.Add(call);
            }

            return true;
        });
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);

        Assert.Equal([3], await driver.Split.ReadAsync(Token));
        Assert.Equal(2, driver.BadRecords.Count);
    }

    [Fact]
    public async Task AReadThatDeliversNothingAndReportsNothingBreaksTheContract()
    {
        var source = new Script(static (_, _, _) => true);
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);

        await Assert.ThrowsAsync<ContractException>(async () => await driver.Split.ReadAsync(Token));
    }

    [Fact]
    public async Task ACompletedCheckpointIsToldWithThePositionsOfTheSplitsThatStay()
    {
        var told = new List<IReadOnlyList<SplitPosition>>();
        var source = new Script(static (_, buffer, call) =>
        {
            buffer.Add(call);
            return true;
        })
        { WhenTold = told.Add };
        var options = new SourceDriverOptions { HasCheckpoints = true };
        await using (SourceDriver<int> driver = await SourceDriver.OpenAsync(source, options, Token))
        {
            await driver.Split.ReadAsync(Token);
            await driver.CompleteCheckpointAsync(Token);
            source.HandsOver = true;
            Assert.Empty(await driver.Split.ReadAsync(Token));
            Assert.True(driver.Split.IsHandedOver);
            await driver.CompleteCheckpointAsync(Token);
            Assert.Equal(0, source.Disposed);
        }

        Assert.Equal([new SplitPosition("split", "1", Timestamp.MinValue)], told[0]);
        Assert.Empty(told[1]);
        Assert.Equal(1, source.Disposed);
    }

    [Fact]
    public async Task WithoutCheckpointsASourceCannotAskForOne()
    {
        var source = new Script(static (_, _, _) => true);
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);

        Assert.False(source.Context.HasCheckpoints);
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.Context.TakeCheckpointAsync(Token));
    }

    private sealed class Script(Func<SourceContext<int>, RecordBuffer<int>, int, bool> read)
        : ISource<int>, ISplitReader<int>
    {
        private int _calls;

        public SourceContext<int> Context { get; private set; } = null!;

        public Action<IReadOnlyList<SplitPosition>> WhenTold { get; init; } = static _ => { };

        public bool HandsOver { get; set; }

        public int Disposed { get; private set; }

        public Replayability Replayability => Replayability.None;

        public string Split => "split";

        public string Position => _calls.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public bool IsHandedOver => HandsOver;

        public ValueTask<IReadOnlyList<ISplitReader<int>>> OpenAsync(
            SourceContext<int> context, CancellationToken cancellationToken)
        {
            Context = context;
            context.OnCheckpointCompleted((positions, _) =>
            {
                WhenTold(positions);
                return ValueTask.CompletedTask;
            });
            context.DisposeLater(new Resource(this));
            return new([this]);
        }

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> ReadAsync(RecordBuffer<int> buffer, CancellationToken cancellationToken) =>
            new(!HandsOver && read(Context, buffer, ++_calls));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private sealed class Resource(Script script) : IAsyncDisposable
        {
            public ValueTask DisposeAsync()
            {
                script.Disposed++;
                return ValueTask.CompletedTask;
            }
        }
    }
}
