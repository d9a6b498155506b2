using System.Diagnostics;

namespace StreamKit.Operators;

/// <summary>Holds items and gives them back by event time, equal times in the order in which they came.</summary>
/// <remarks>
/// Items lie in ascending runs whose last timestamps descend; a new item goes to the first run that it does not
/// precede (patience sorting, as in B. Chandramouli, J. Goldstein, Y. Li, "Impatience is a virtue", ICDE 2018). What
/// comes nearly in order makes few runs, so that adding and taking cost next to nothing; the worst order costs the
/// logarithm of the number of items for each. Of equal times the one in the earlier run came first: while it lay there,
/// that run's last timestamp only rose.
/// </remarks>
internal sealed class EventOrder<T>
{
    private const int MostSpares = 16;

    private readonly List<EventRun<T>> _runs = [];
    private readonly Stack<EventRun<T>> _spares = new();

    // The runs by their first timestamps, except the one that is being taken from.
    private readonly PriorityQueue<int, (long Head, int Run)> _heads = new();
    private int _taking = -1;

    public int Count { get; private set; }

    /// <summary>All items; those of equal times stand in the order in which they came.</summary>
    public IEnumerable<(long Timestamp, T Item)> Items =>
        _runs.SelectMany(static run => Enumerable.Range(0, run.Count).Select(index => run[index]));

    public void Add(long timestamp, T item)
    {
        Debug.Assert(_taking < 0, "nothing is added while items are taken");
        int run = _runs.Count > 0 && _runs[0].Tail <= timestamp ? 0 : FirstNotAfter(timestamp);
        if (run == _runs.Count)
        {
            _runs.Add(_spares.TryPop(out EventRun<T>? spare) ? spare : new EventRun<T>());
            _heads.Enqueue(run, (timestamp, run));
        }

        _runs[run].Add(timestamp, item);
        Count++;
    }

    /// <summary>Takes the first item whose timestamp is below a bound; false where there is none.</summary>
    public bool TryTakeBefore(long bound, out long timestamp, out T item)
    {
        if (!Choose(bound))
        {
            (timestamp, item) = (0, default!);
            return false;
        }

        EventRun<T> run = _runs[_taking];
        timestamp = run.Head;
        item = run.Take();
        Count--;
        if (run.Count == 0)
        {
            // Its last timestamp was the smallest of all, so it is the last run.
            Debug.Assert(_taking == _runs.Count - 1, "runs become empty from the last to the first");
            _runs.RemoveAt(_taking);
            _taking = -1;
            if (_spares.Count < MostSpares)
            {
                _spares.Push(run);
            }
        }

        return true;
    }

    // Stays with the run at hand while it has the first item; false where nothing is below the bound.
    private bool Choose(long bound)
    {
        bool hasOther = _heads.TryPeek(out int other, out (long Head, int Run) first);
        if (_taking >= 0)
        {
            (long Head, int Run) own = (_runs[_taking].Head, _taking);
            if (hasOther && first.CompareTo(own) < 0)
            {
                _heads.DequeueEnqueue(_taking, own);
                _taking = other;
            }
        }
        else if (hasOther)
        {
            _heads.Dequeue();
            _taking = other;
        }

        if (_taking >= 0 && _runs[_taking].Head < bound)
        {
            return true;
        }

        if (_taking >= 0)
        {
            _heads.Enqueue(_taking, (_runs[_taking].Head, _taking));
            _taking = -1;
        }

        return false;
    }

    private int FirstNotAfter(long timestamp)
    {
        int low = 0, high = _runs.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_runs[middle].Tail <= timestamp)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
