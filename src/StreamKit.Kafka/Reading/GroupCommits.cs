using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Reading;

/// <summary>What a member has committed of its partitions; any thread.</summary>
internal sealed class GroupCommits(GroupOffsets offsets, KafkaConnection connection, string source, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Lock _commitLock = new();
    private readonly Dictionary<TopicPartition, long> _committed = [];

    /// <summary>Reads what is committed, by whomever; blocks until the broker has answered.</summary>
    /// <exception cref="KafkaException">Nobody has answered in time.</exception>
    public IReadOnlyList<KafkaPosition> Read(IReadOnlyCollection<TopicPartition> partitions, TimeSpan wait)
    {
        IReadOnlyList<KafkaPosition> known = offsets.Read(partitions, wait);
        lock (_lock)
        {
            foreach (KafkaPosition position in known)
            {
                _committed[position.Partition] = position.Offset;
            }
        }

        return known;
    }

    /// <summary>What is committed of a partition, as far as it is known here; negative where nothing is.</summary>
    public long Of(TopicPartition partition)
    {
        lock (_lock)
        {
            return _committed.GetValueOrDefault(partition, -1);
        }
    }

    public void Forget(TopicPartition partition)
    {
        lock (_lock)
        {
            _committed.Remove(partition);
        }
    }

    /// <summary>Commits; blocks until the broker has it.</summary>
    /// <exception cref="KafkaException">It was refused, or nobody answered.</exception>
    public void Commit(IReadOnlyCollection<KafkaPosition> positions)
    {
        if (positions.Count == 0)
        {
            return;
        }

        // One after the other, or an older one that waits for its broker could undo a newer one.
        lock (_commitLock)
        {
            offsets.Commit(positions);
        }

        lock (_lock)
        {
            foreach (KafkaPosition position in positions)
            {
                _committed[position.Partition] = position.Offset;
            }
        }
    }

    public void CommitOrLog(IReadOnlyCollection<KafkaPosition> positions)
    {
        try
        {
            Commit(positions);
        }
        catch (KafkaException exception)
        {
            SourceLog.NotCommitted(logger, source, connection.Redact(exception.Message));
        }
    }
}
