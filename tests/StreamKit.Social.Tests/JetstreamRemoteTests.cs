using System.Globalization;
using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Social.Tests;

/// <summary>Jetstream over connections that break.</summary>
public sealed class JetstreamRemoteTests : RemoteSourceContract<SocialPost>
{
    protected override async Task<SourceServer<SocialPost>> StartAsync(CancellationToken cancellationToken) =>
        new Server(await JetstreamServer.StartAsync());

    private sealed class Server(JetstreamServer server) : SourceServer<SocialPost>
    {
        private readonly VirtualTime _clock = new();
        private int _last;

        public override ISource<SocialPost> Source { get; } = SocialSource.Jetstream(new()
        {
            Endpoint = server.Endpoint,
            StartAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });

        public override SourceDriverOptions Surroundings => new() { Clock = _clock };

        public override int NumberOf(SocialPost record) =>
            int.Parse(record.Id.AsSpan(JetstreamServer.IdOf(0).Length - 1), CultureInfo.InvariantCulture);

        public override Task SendAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
        {
            foreach (int number in numbers)
            {
                server.Post(number);
                _last = number;
            }

            return Task.CompletedTask;
        }

        public override Task<bool> SendBrokenAsync(CancellationToken cancellationToken)
        {
            server.Send(_last, "{\"kind\":");
            return Task.FromResult(true);
        }

        public override Task BreakAsync(CancellationToken cancellationToken)
        {
            server.Cut();
            return Task.CompletedTask;
        }

        public override Task<int> CountConnectionsAsync(CancellationToken cancellationToken) =>
            Task.FromResult(server.Open);

        public override void LetTimePass() => _clock.Advance(TimeSpan.FromSeconds(1));

        public override ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
