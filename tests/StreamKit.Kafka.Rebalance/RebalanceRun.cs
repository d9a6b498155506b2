using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Rebalance;

/// <summary>
/// Fills a topic while members of a group leave, come and are killed; compares what they have counted with what was
/// written.
/// </summary>
public sealed class RebalanceRun
{
    private const int Members = 3;
    private const int Partitions = 12;

    // The mock cluster keeps the last 5 MB or 100,000 batches of each partition only.
    private const int MostLag = 200_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly List<MemberProcess> _running = [];
    private readonly List<MemberProcess> _all = [];
    private readonly Tally _right = new();
    private string _folder = string.Empty;
    private RebalanceReport _report = new();
    private int _names;
    private int _written;

    public int Rebalances { get; init; } = 10;

    public int Records { get; init; } = 100_000;

    public int Kills { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Where progress is told.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    public async Task<RebalanceReport> RunAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        _folder = Directory.CreateTempSubdirectory("streamkit-rebalance-").FullName;
        using var cluster = new MockCluster();
        cluster.CreateTopic(Member.Topic, Partitions);
        cluster.SetGroupTimes(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        try
        {
            for (int i = 0; i < Members; i++)
            {
                await JoinAsync(cluster, cancellationToken);
            }

            // The first members are how it begins; what is counted comes after them.
            _report = new RebalanceReport();
            await DisturbAsync(cluster, cancellationToken);
            await CommittedAsync(cluster, _written, cancellationToken);
            foreach (MemberProcess member in _running)
            {
                await member.LeaveAsync(cancellationToken);
            }
        }
        finally
        {
            foreach (MemberProcess member in _all)
            {
                member.Dispose();
            }
        }

        RebalanceReport report = Judge() with { Time = Stopwatch.GetElapsedTime(began) };
        if (report.IsRight)
        {
            Directory.Delete(_folder, recursive: true); // Else what is there shows what was wrong.
        }
        else
        {
            foreach (MemberProcess member in _all)
            {
                await File.WriteAllLinesAsync(Path.Combine(member.Folder, "log.txt"), member.Lines, cancellationToken);
            }

            Log.WriteLine($"Look into '{_folder}'.");
        }

        return report;
    }

    /// <summary>Has members come, leave and be killed, and writes the same share of the records before each.</summary>
    private async Task DisturbAsync(MockCluster cluster, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        int steps = Rebalances + Kills;
        int[] order = [.. Enumerable.Range(0, steps)];
        random.Shuffle(order);
        var isKill = order.Take(Kills).ToHashSet();
        for (int i = 0; i < steps; i++)
        {
            Task writing = WriteAsync(cluster, (int)((long)Records * (i + 1) / steps) - _written, cancellationToken);
            int which = random.Next(_running.Count);
            if (isKill.Contains(i))
            {
                await KillAsync(cluster, which, cancellationToken);
            }
            else if (_running.Count > Members)
            {
                MemberProcess member = _running[which];
                _running.RemoveAt(which);
                await member.LeaveAsync(cancellationToken);
                _report = _report with { Leaves = _report.Leaves + 1 };
            }
            else
            {
                await JoinAsync(cluster, cancellationToken);
            }

            await writing;
            if (i % 10 == 9)
            {
                await Log.WriteLineAsync(
                    $"{i + 1} of {steps} rebalances, {_written} records written, lag {Lag(cluster)}");
            }
        }
    }

    private async Task JoinAsync(MockCluster cluster, CancellationToken cancellationToken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"member-{++_names}");
        MemberProcess member = Run(cluster, Path.Combine(_folder, name));
        _running.Add(member);
        await UntilAsync(() => member.Assigned > 0 || member.HasExited, member, cancellationToken);
        _report = _report with { Joins = _report.Joins + 1 };
    }

    private async Task KillAsync(MockCluster cluster, int which, CancellationToken cancellationToken)
    {
        MemberProcess killed = _running[which];
        await killed.KillAsync(cancellationToken);
        MemberProcess again = Run(cluster, killed.Folder);
        _running[which] = again;
        await UntilAsync(() => again.Assigned > 0 || again.HasExited, again, cancellationToken);
        _report = _report with { Kills = _report.Kills + 1 };
    }

    private MemberProcess Run(MockCluster cluster, string folder)
    {
        MemberProcess member = MemberProcess.Start(cluster.BootstrapServers, folder);
        _all.Add(member);
        return member;
    }

    private async Task WriteAsync(MockCluster cluster, int count, CancellationToken cancellationToken)
    {
        const int Portion = 5_000;
        for (int end = _written + count; _written < end;)
        {
            int portion = Math.Min(Portion, end - _written);
            Topics.Write(cluster.Connection, Enumerable.Range(_written, portion).Select(static record => (
                new TopicPartition(Member.Topic, record % Partitions),
                new Message<byte[]?, byte[]?> { Value = BytesOf(record) })));
            for (int record = _written; record < _written + portion; record++)
            {
                _right.Add(Tally.WindowOf(Tally.TimeOf(record)), Tally.KeyOf(record), 1);
            }

            _written += portion;
            long lag = Lag(cluster);
            _report = _report with { MostLag = Math.Max(_report.MostLag, lag) };
            if (lag > MostLag)
            {
                await CommittedAsync(cluster, _written - (MostLag / 2), cancellationToken);
            }

            await Task.Yield();
        }
    }

    private static byte[] BytesOf(int record)
    {
        byte[] bytes = new byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, record);
        return bytes;
    }

    private long Lag(MockCluster cluster)
    {
        using IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(
            cluster.Connection.Configure(new ConsumerConfig { GroupId = Member.Group })).Build();
        return _written - consumer.Committed(
            Enumerable.Range(0, Partitions).Select(static partition => new TopicPartition(Member.Topic, partition)),
            s_patience)
            .Sum(static position => Math.Max(0, position.Offset.Value));
    }

    private async Task CommittedAsync(MockCluster cluster, long records, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (_written - Lag(cluster) < records)
        {
            if (Stopwatch.GetElapsedTime(began) > s_patience || _running.Exists(static member => member.HasExited))
            {
                throw new TimeoutException($"The members do not come to {records} records; {Lag(cluster)} are left.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task UntilAsync(
        Func<bool> condition, MemberProcess member, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new TimeoutException($"A member does not get partitions:\n{string.Join('\n', member.Lines)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    private RebalanceReport Judge()
    {
        Tally counted = new(), late = new();
        foreach (string folder in _all.Select(static member => Path.Combine(member.Folder, "out")).Distinct())
        {
            counted.AddFiles(folder, "counts-*.txt");
            late.AddFiles(folder, "late-*.txt");
            counted.AddFiles(folder, "late-*.txt");
        }

        (long tooMany, long tooFew) = counted.CompareWith(_right);
        return _report with
        {
            Assigned = _all.Sum(static member => member.Assigned),
            HandedOver = _all.Sum(static member => member.HandedOver),
            Restarts = _all.Sum(static member => member.Restarts),
            Records = _written,
            Counted = counted.Total,
            Late = late.Total,
            TooMany = tooMany,
            TooFew = tooFew,
        };
    }
}
