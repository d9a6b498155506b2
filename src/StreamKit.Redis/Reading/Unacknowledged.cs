using StackExchange.Redis;

namespace StreamKit.Redis.Reading;

/// <summary>The entries of a stream that were read, and that the group has not been told of.</summary>
/// <remarks>One thread reads while another acknowledges.</remarks>
internal sealed class Unacknowledged
{
    private readonly Lock _lock = new();
    private readonly Queue<StreamId> _given = new();
    private readonly HashSet<StreamId> _claimed = [];
    private StreamId _last;

    /// <summary>How far the consumer has come.</summary>
    public GroupPosition Position
    {
        get
        {
            lock (_lock)
            {
                return new(_last, [.. _claimed]);
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _given.Count + _claimed.Count;
            }
        }
    }

    public StreamId Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <summary>Begins anew behind a position.</summary>
    public void Reset(GroupPosition position)
    {
        lock (_lock)
        {
            _given.Clear();
            _claimed.Clear();
            _claimed.UnionWith(position.Claimed);
            _last = position.Last;
        }
    }

    public void AddGiven(StreamId id)
    {
        lock (_lock)
        {
            _given.Enqueue(id);
            _last = id;
        }
    }

    /// <summary>Adds an entry that was taken over; false where it was read before.</summary>
    public bool AddClaimed(StreamId id)
    {
        lock (_lock)
        {
            return _claimed.Add(id);
        }
    }

    /// <summary>Takes out what a position covers, so that it can be acknowledged.</summary>
    public RedisValue[] TakeUpTo(GroupPosition position)
    {
        lock (_lock)
        {
            var taken = new List<RedisValue>();
            while (_given.TryPeek(out StreamId oldest) && oldest <= position.Last)
            {
                taken.Add(_given.Dequeue().ToString());
            }

            foreach (StreamId id in position.Claimed)
            {
                if (_claimed.Remove(id))
                {
                    taken.Add(id.ToString());
                }
            }

            return [.. taken];
        }
    }
}
