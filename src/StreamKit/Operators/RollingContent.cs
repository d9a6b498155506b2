using System.Diagnostics;
using System.Runtime.CompilerServices;
using StreamKit.Aggregation;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>
/// The content of the window that fires, which overlaps the one before: slices enter at its end and leave at its start,
/// so a firing costs what changes and not what the window spans.
/// </summary>
/// <remarks>
/// Exact sums are carried by merging the slice that enters and removing the one that leaves. For all else each key has
/// two stacks (K. Tangwongsan et al., "General incremental sliding-window aggregation", PVLDB 8(7), 2015): the front
/// holds merged suffixes, of which leaving takes one off, the back is one sum of what has entered since. When the front
/// is used up the back is turned over, which merges each slice once more.
/// </remarks>
internal sealed class RollingContent<TKey, TIn, TAcc, TOut, TAggregator>(TAggregator aggregator)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    // What an array takes besides its elements.
    private const int StackHead = 24;

    private readonly KeyTable<TKey, RollingKey<TAcc>> _keys = new();
    private readonly EnteredSlices<TKey, TAcc> _entered = new();
    private readonly bool _subtracts = aggregator.SlidingForm == SlidingForm.Subtracted;
    private long _entries;

    /// <summary>How many keys the slices hold that have entered.</summary>
    public int Count => _keys.Count;

    /// <summary>Roughly how many bytes of memory are held, without what values refer to.</summary>
    public long Bytes => _keys.Bytes
        + (_subtracts ? 0L : (long)_keys.Count * (StackHead + (Math.Max(4, _entered.Count) * Unsafe.SizeOf<TAcc>())));

    /// <summary>The key at an index, with its state.</summary>
    public ref KeyTable<TKey, RollingKey<TAcc>>.Entry At(int index) => ref _keys.At(index);

    /// <summary>Forgets everything, and lets go of the slices.</summary>
    public void Clear()
    {
        while (_entered.Count > 0)
        {
            _entered.RemoveOldest();
        }

        _keys.Reset();
    }

    /// <summary>Goes on to a window that ends later than all before and starts no earlier.</summary>
    public void MoveTo(OpenWindow<TKey, TAcc, TOut> window)
    {
        while (_entered.Count > 0 && _entered.Oldest.Bounds.StartTime < window.Bounds.StartTime)
        {
            LeaveOldest();
        }

        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            if (!slice.HasEntered)
            {
                Enter(slice);
            }
        }
    }

    /// <summary>A slice goes, if it is here: it belongs to no later window, and nor does an older one.</summary>
    public void Leave(Slice<TKey, TAcc> slice)
    {
        while (slice.HasEntered)
        {
            LeaveOldest();
        }
    }

    /// <summary>A record was added to a slice after it had entered.</summary>
    public void Changed(Slice<TKey, TAcc> slice, int at, bool isNewKey)
    {
        ref KeyTable<TKey, TAcc>.Entry entry = ref slice.Table.At(at);
        ref RollingKey<TAcc> state = ref StateOf(entry.Key, entry.Hash);
        state.IsStale = true;
        if (isNewKey)
        {
            state.Slices++;
            state.Registered = Math.Min(state.Registered, slice.RegisteredOf(at));
        }
    }

    /// <summary>What all slices hold for a key; throws what the aggregator throws.</summary>
    public TAcc Total(ref KeyTable<TKey, RollingKey<TAcc>>.Entry key)
    {
        ref RollingKey<TAcc> state = ref key.Value;
        if (state.IsStale)
        {
            MakeAnew(key.Key, key.Hash, ref state, []);
        }

        if (state.Head == state.Middle)
        {
            return state.Total;
        }

        ref TAcc front = ref state.Stack![state.Head]; // There is a stack where the front is not empty.
        if (state.Middle == state.Tail)
        {
            return front;
        }

        TAcc all = aggregator.Create();
        aggregator.Merge(ref all, in front);
        aggregator.Merge(ref all, in state.Total);
        return all;
    }

    /// <summary>Copies what cannot be made again from the slices alone.</summary>
    /// <remarks>
    /// Sums from which slices are taken off are exact, so another way to them leads to the same. Stacks are not: what
    /// was merged with what first can show in the last digits of doubles, so the fronts are kept as they are.
    /// </remarks>
    public RollingCopy<TKey, TAcc> Copy()
    {
        var copy = new RollingCopy<TKey, TAcc>(_entries);
        for (int i = 0; !_subtracts && i < _keys.Count; i++)
        {
            ref KeyTable<TKey, RollingKey<TAcc>>.Entry entry = ref _keys.At(i);
            ref RollingKey<TAcc> state = ref entry.Value;
            if (!state.IsStale)
            {
                copy.Add(entry.Key, state.Slices, state.Stack.AsSpan(state.Head, state.Middle - state.Head));
            }
        }

        return copy;
    }

    /// <summary>
    /// Goes on with slices that had entered, given by start; every key is made anew when it is asked for.
    /// </summary>
    public void Restore(IEnumerable<Slice<TKey, TAcc>> entered, long entries)
    {
        foreach (Slice<TKey, TAcc> slice in entered)
        {
            _entered.Add(slice);
            for (int i = 0; i < slice.Table.Count; i++)
            {
                ref KeyTable<TKey, TAcc>.Entry entry = ref slice.Table.At(i);
                ref RollingKey<TAcc> state = ref StateOf(entry.Key, entry.Hash);
                state.Slices++;
                state.Registered = Math.Min(state.Registered, slice.RegisteredOf(i));
                state.IsStale = true;
            }
        }

        _entries = entries;
    }

    /// <summary>
    /// Gives a key the front that it had, where it still stands in as many slices; else the key is made anew.
    /// </summary>
    public void RestoreFront(TKey key, uint hash, int slices, ReadOnlySpan<TAcc> front)
    {
        int index = _keys.Find(key, hash);
        if (_subtracts || index < 0 || _keys.At(index).Value.Slices != slices || front.Length > slices)
        {
            return;
        }

        try
        {
            MakeAnew(key, hash, ref _keys.At(index).Value, front);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _keys.At(index).Value.IsStale = true; // Tried again, and reported, when the window fires.
        }
    }

    private void LeaveOldest()
    {
        Slice<TKey, TAcc> slice = _entered.RemoveOldest();
        for (int i = 0; i < slice.Table.Count; i++)
        {
            ref KeyTable<TKey, TAcc>.Entry entry = ref slice.Table.At(i);
            int index = _keys.Find(entry.Key, entry.Hash);
            Debug.Assert(index >= 0, "a key is here as long as a slice that has entered holds it");
            ref RollingKey<TAcc> state = ref _keys.At(index).Value;
            if (--state.Slices == 0)
            {
                _keys.RemoveAt(index);
                continue;
            }

            Take(ref state, in entry.Value);
            if (state.Registered == slice.RegisteredOf(i))
            {
                state.Registered = _entered.FirstRegistered(entry.Key, entry.Hash);
            }
        }
    }

    private void Enter(Slice<TKey, TAcc> slice)
    {
        bool isNewest = _entered.Add(slice);
        _entries++;
        for (int i = 0; i < slice.Table.Count; i++)
        {
            ref KeyTable<TKey, TAcc>.Entry entry = ref slice.Table.At(i);
            ref RollingKey<TAcc> state = ref StateOf(entry.Key, entry.Hash);
            state.Slices++;
            state.Registered = Math.Min(state.Registered, slice.RegisteredOf(i));
            if (!isNewest)
            {
                state.IsStale = true;
            }
            else if (!state.IsStale)
            {
                Put(ref state, in entry.Value, entry.Hash);
            }
        }
    }

    private ref RollingKey<TAcc> StateOf(TKey key, uint hash)
    {
        int index = _keys.FindOrAdd(key, hash, out bool added);
        ref RollingKey<TAcc> state = ref _keys.At(index).Value;
        if (added)
        {
            state = new RollingKey<TAcc> { Registered = long.MaxValue, Total = aggregator.Create() };
        }

        return ref state;
    }

    // Not every merge succeeds (a sum may overflow); what failed is tried again, and reported, when the window fires.
    private void Put(ref RollingKey<TAcc> state, in TAcc value, uint hash)
    {
        try
        {
            aggregator.Merge(ref state.Total, in value);
            if (!_subtracts)
            {
                Push(ref state, in value);

                // Keys that came together would all be turned over together; so each has its turn.
                if ((_entries + hash) % _entered.Count == 0)
                {
                    TurnOver(ref state);
                }
            }
        }
        catch (Exception)
        {
            state.IsStale = true;
        }
    }

    private void Take(ref RollingKey<TAcc> state, in TAcc value)
    {
        if (state.IsStale)
        {
            return;
        }

        try
        {
            if (_subtracts)
            {
                aggregator.Remove(ref state.Total, in value);
                return;
            }

            if (state.Head == state.Middle)
            {
                TurnOver(ref state);
            }

            state.Stack![state.Head++] = default!; // Turned over, it has an element for each slice with the key.
        }
        catch (Exception)
        {
            state.IsStale = true;
        }
    }

    // The front covers the oldest of the slices that hold the key.
    private void MakeAnew(TKey key, uint hash, ref RollingKey<TAcc> state, ReadOnlySpan<TAcc> front)
    {
        int held = 0;
        (state.Head, state.Middle, state.Tail, state.Total) = (0, 0, 0, aggregator.Create());
        foreach (Slice<TKey, TAcc> slice in _entered.All)
        {
            int index = slice.Table.Find(key, hash);
            if (index >= 0 && held < front.Length)
            {
                Push(ref state, in front[held++]);
                state.Middle = state.Tail;
            }
            else if (index >= 0)
            {
                ref TAcc value = ref slice.Table.At(index).Value;
                aggregator.Merge(ref state.Total, in value);
                if (!_subtracts)
                {
                    Push(ref state, in value);
                }
            }
        }

        state.IsStale = false;
    }

    private static void Push(ref RollingKey<TAcc> state, in TAcc value)
    {
        TAcc[] stack = state.Stack ??= new TAcc[4];
        if (state.Tail == stack.Length)
        {
            int count = state.Tail - state.Head;
            TAcc[] target = state.Head > stack.Length / 2 ? stack : state.Stack = new TAcc[stack.Length * 2];
            Array.Copy(stack, state.Head, target, 0, count);
            (state.Middle, state.Head, state.Tail) = (state.Middle - state.Head, 0, count);
            stack = target;
        }

        stack[state.Tail++] = value;
    }

    // All of it becomes front: from the newest to the oldest, each is merged with those after it. The accumulators of
    // the slices themselves stay as they are.
    private void TurnOver(ref RollingKey<TAcc> state)
    {
        TAcc[] stack = state.Stack!; // Something was put before it is turned over.
        for (int i = state.Tail - 2; i >= state.Middle; i--)
        {
            Suffix(ref stack[i], in stack[i + 1]);
        }

        if (state.Middle < state.Tail)
        {
            for (int i = state.Middle - 1; i >= state.Head; i--)
            {
                Suffix(ref stack[i], in stack[state.Middle]);
            }
        }

        state.Middle = state.Tail;
        state.Total = aggregator.Create();
    }

    private void Suffix(ref TAcc value, in TAcc later)
    {
        TAcc all = aggregator.Create();
        aggregator.Merge(ref all, in value);
        aggregator.Merge(ref all, in later);
        value = all;
    }
}
