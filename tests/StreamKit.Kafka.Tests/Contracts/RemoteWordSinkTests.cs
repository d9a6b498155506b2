using System.Globalization;
using System.Net.NetworkInformation;
using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Contracts;

/// <summary>The sink over connections that break, and with brokers that are away.</summary>
public sealed class RemoteWordSinkTests : RemoteSinkContract<string>
{
    protected override Task<SinkServer<string>> StartAsync(CancellationToken cancellationToken) =>
        Task.FromResult<SinkServer<string>>(new Server());

    private sealed class Server : SinkServer<string>
    {
        private readonly MockCluster _cluster = new();

        public Server() => _cluster.CreateTopic("words", 1);

        // Without SASL the password is not used, but it could be said.
        public override ISink<string> CreateSink() => KafkaSink.To(
            _cluster.Connection with { SslKeyPassword = Secret },
            "words",
            KafkaFormat.Utf8,
            new KafkaSinkOptions<string>
            {
                ConnectTimeout = TimeSpan.FromSeconds(3),
                DeliveryTimeout = TimeSpan.FromSeconds(10),
            });

        public override string Place => "words";

        public override string RecordOf(int number) => number.ToString(CultureInfo.InvariantCulture);

        public override Task<IReadOnlyList<int>> ReadBackAsync(CancellationToken cancellationToken) => Task.Run(
            IReadOnlyList<int> () =>
            [
                .. Topics.ReadText(_cluster.Connection, "words")
                    .Select(static text => int.Parse(text, CultureInfo.InvariantCulture)),
            ],
            cancellationToken);

        public override async Task BreakAsync(CancellationToken cancellationToken)
        {
            await StopAsync(cancellationToken);
            await RestartAsync(cancellationToken);
        }

        public override Task StopAsync(CancellationToken cancellationToken)
        {
            _cluster.TakeDown();
            return Task.CompletedTask;
        }

        public override Task RestartAsync(CancellationToken cancellationToken)
        {
            _cluster.BringUp();
            return Task.CompletedTask;
        }

        public override Task<int> CountConnectionsAsync(CancellationToken cancellationToken)
        {
            int port = int.Parse(_cluster.BootstrapServers.Split(':')[1], CultureInfo.InvariantCulture);
            return Task.FromResult(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(
                connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established));
        }

        public override ValueTask DisposeAsync()
        {
            _cluster.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
