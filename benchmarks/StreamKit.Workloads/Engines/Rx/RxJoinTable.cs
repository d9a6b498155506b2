using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Rx;

/// <summary>The events of one window of a join: the left ones by key, the right ones as they came.</summary>
internal sealed class RxJoinTable
{
    private readonly Dictionary<int, List<Event>> _left = [];
    private readonly List<Event> _right = [];

    public void Add(SidedEvent sided)
    {
        if (!sided.IsLeft)
        {
            _right.Add(sided.Event);
        }
        else if (_left.TryGetValue(sided.Event.Key, out List<Event>? events))
        {
            events.Add(sided.Event);
        }
        else
        {
            _left.Add(sided.Event.Key, [sided.Event]);
        }
    }

    public IEnumerable<(Event Left, Event Right)> Pairs()
    {
        foreach (Event right in _right)
        {
            if (_left.TryGetValue(right.Key, out List<Event>? events))
            {
                foreach (Event left in events)
                {
                    yield return (left, right);
                }
            }
        }
    }
}
