using System.Net.NetworkInformation;
using System.Text;
using Confluent.Kafka;
using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>A topic of three partitions, and a source that reads it.</summary>
internal sealed class TopicServer : SourceServer<int>
{
    private const string Topic = "numbers";
    private const int Partitions = 3;

    private readonly MockCluster _cluster = new();
    private readonly CountedFormat _format = new();

    public TopicServer(KafkaReadPath path)
    {
        _cluster.CreateTopic(Topic, Partitions);
        Source = KafkaSource.Values(
            _cluster.Connection,
            Topic,
            _format,
            new KafkaSourceOptions { Path = path, BufferedRecords = MostReadAhead!.Value });
    }

    public override ISource<int> Source { get; }

    public override int? MostReadAhead => 300;

    public override Task SendAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        Write(numbers.Select(static number => (number, Encoding.UTF8.GetBytes(KafkaCluster.TextOf(number)))));
        return Task.CompletedTask;
    }

    public override int NumberOf(int record) => record;

    public override Task<bool> SendBrokenAsync(CancellationToken cancellationToken)
    {
        Write([(0, "no number"u8.ToArray())]);
        return Task.FromResult(true);
    }

    public override Task BreakAsync(CancellationToken cancellationToken)
    {
        _cluster.TakeDown();
        _cluster.BringUp();
        return Task.CompletedTask;
    }

    public override Task<int> CountConnectionsAsync(CancellationToken cancellationToken)
    {
        int port = int.Parse(
            _cluster.BootstrapServers.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established));
    }

    public override Task<int> CountTakenAsync(CancellationToken cancellationToken) =>
        Task.FromResult((int)_format.Decoded);

    public override ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(IEnumerable<(int Number, byte[] Value)> messages) => Topics.Write(
        _cluster.Connection,
        messages.Select(static message => (
            new TopicPartition(Topic, message.Number % Partitions),
            new Message<byte[]?, byte[]?> { Value = message.Value })));
}
