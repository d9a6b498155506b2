using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Twitter.Simulator;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>The live stream over connections that break; back-fill brings what was posted meanwhile.</summary>
public sealed class FilteredStreamRemoteTests : RemoteSourceContract<Tweet>
{
    protected override async Task<SourceServer<Tweet>> StartAsync(CancellationToken cancellationToken)
    {
        var clock = new VirtualTime();
        TwitterSimulator x = await TwitterSimulator.StartAsync(
            new() { Clock = clock, MaxConnections = 100, ConnectLimit = 10_000 }, cancellationToken);
        x.AddRule("coffee");
        return new Server(x, clock);
    }

    private sealed class Server(TwitterSimulator x, VirtualTime clock) : SourceServer<Tweet>
    {
        private readonly PostGenerator _posts = new(seed: 1);
        private readonly Dictionary<long, int> _numbers = [];

        public override ISource<Tweet> Source { get; } = TwitterSource.FilteredStream(new()
        {
            Access = TwitterAccess.FromCallback(_ => new("any")) with { Endpoint = x.Endpoint },
            BackfillMinutes = 5,
        });

        public override SourceDriverOptions Surroundings => new() { Clock = clock };

        public override int NumberOf(Tweet record) => _numbers[record.Id];

        public override Task SendAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
        {
            foreach (int number in numbers)
            {
                SimulatedPost post = _posts.Next(clock.GetUtcNow()) with { Text = $"coffee {number}" };
                _numbers.Add(post.Id, number);
                x.Publish(post);
            }

            return Task.CompletedTask;
        }

        public override Task<bool> SendBrokenAsync(CancellationToken cancellationToken)
        {
            x.Inject(StreamFault.BrokenLine);
            return Task.FromResult(true);
        }

        public override Task BreakAsync(CancellationToken cancellationToken)
        {
            x.Inject(StreamFault.Reset);
            return Task.CompletedTask;
        }

        public override Task<int> CountConnectionsAsync(CancellationToken cancellationToken) =>
            Task.FromResult(x.OpenStreams);

        public override void LetTimePass() => clock.Advance(TimeSpan.FromSeconds(1));

        public override ValueTask DisposeAsync() => x.DisposeAsync();
    }
}
