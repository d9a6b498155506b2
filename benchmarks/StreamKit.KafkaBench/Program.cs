using System.Globalization;
using System.Text.Json;
using StreamKit.Kafka;
using StreamKit.Kafka.Mock;

namespace StreamKit.KafkaBench;

/// <summary>Measures reading, counting and writing beside a bare loop, and writing beside a bare producer.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
        if (words is not [var what, var partitions, var eventsEach, var rounds])
        {
            await Console.Error.WriteLineAsync("windows|sink PARTITIONS EVENTS-EACH ROUNDS").ConfigureAwait(false);
            return 2;
        }

        int spread = int.Parse(partitions, CultureInfo.InvariantCulture);
        int each = int.Parse(eventsEach, CultureInfo.InvariantCulture);
        int times = int.Parse(rounds, CultureInfo.InvariantCulture);
        Console.WriteLine("| | thousand a second | ratio | bytes allocated each |\n|---|--:|--:|--:|");
        return what == "sink" ? await SinkAsync(spread, each, times).ConfigureAwait(false)
            : await WindowsAsync(spread, each, times).ConfigureAwait(false);
    }

    private static async Task<int> WindowsAsync(int partitions, int eventsEach, int rounds)
    {
        using var clicks = new ClickTopic(partitions, eventsEach);
        MockCluster cluster = clicks.Cluster;
        string? expected = null;
        void Check(string topic)
        {
            string seen = Read(cluster, topic);
            expected ??= seen;
            if (seen != expected)
            {
                throw new InvalidOperationException($"'{topic}' differs from what the first run wrote.");
            }
        }

        await new Figures(clicks.Events, rounds, topic => cluster.CreateTopic(topic, 1), Check).CompareAsync(
            ("bare loop, fields that it does not need left out",
                topic => BareLoop.RunAsync(clicks, topic, tuned: true)),
            ("bare loop, defaults", topic => BareLoop.RunAsync(clicks, topic, tuned: false)),
            ("StreamKit, messages", topic => PipelineRun.RunAsync(clicks, topic, KafkaReadPath.Messages)),
            ("StreamKit, batches", topic => PipelineRun.RunAsync(clicks, topic, KafkaReadPath.Batches)))
            .ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> SinkAsync(int partitions, int recordsEach, int rounds)
    {
        using var cluster = new MockCluster();
        int records = partitions * recordsEach / 1024 * 1024;
        byte[][] values = [.. Enumerable.Range(0, 1024).Select(_ => new byte[ClickTopic.EventBytes])];
        void Check(string topic)
        {
            // The cluster keeps the last 5 MB of a partition, so what is there is counted by the offsets.
            long written = Topics.ReadAll(cluster.Connection, topic)
                .GroupBy(read => read.Partition.Value)
                .Sum(partition => partition.Max(read => read.Offset.Value) + 1);
            if (written != records)
            {
                throw new InvalidOperationException($"{written} of {records} are there.");
            }
        }

        await new Figures(records, rounds, topic => cluster.CreateTopic(topic, partitions), Check).CompareAsync(
            ("bare producer", topic => SinkRun.ProduceAsync(cluster, topic, values, records)),
            ("StreamKit's sink", topic => SinkRun.WriteAsync(cluster, topic, values, records))).ConfigureAwait(false);
        return 0;
    }

    private static string Read(MockCluster cluster, string topic)
    {
        IEnumerable<PageCount> counts = Topics.ReadAll(cluster.Connection, topic)
            .Select(read => JsonSerializer.Deserialize(read.Message.Value, BenchContext.Default.PageCount))
            .OrderBy(count => count.Start)
            .ThenBy(count => count.Page);
        return string.Join('\n', counts);
    }
}
