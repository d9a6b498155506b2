using StreamKit.Aggregation;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Walks the keys of one window, combining the slices where there are several.</summary>
internal sealed class WindowFiring<TKey, TIn, TAcc, TOut, TAggregator>(
    TAggregator aggregator,
    OperatorContext context)
    where TAggregator : struct, IWindowAggregator<TIn, TAcc, TOut>
{
    private readonly Slice<TKey, TAcc> _combined = new();
    private Slice<TKey, TAcc>? _from;
    private int _at;

    /// <summary>The window that is firing; null between firings.</summary>
    public OpenWindow<TKey, TAcc, TOut>? Window { get; private set; }

    public void Start(OpenWindow<TKey, TAcc, TOut> window)
    {
        Window = window;
        _at = 0;
        _from = window.Slices.Count == 1 ? window.Slices[0] : Combine(window);
    }

    public void Stop()
    {
        Window = null;
        _from = null;
        _combined.Close();
    }

    /// <summary>The next key with what was aggregated for it; false when all keys have been walked.</summary>
    public bool TryNext(out KeyTable<TKey, TAcc>.Entry entry, out long version)
    {
        if (_from is { } from && _at < from.Table.Count)
        {
            entry = from.Table.At(_at);
            version = from.VersionOf(_at);
            _at++;
            return true;
        }

        entry = default;
        version = 0;
        return false;
    }

    /// <summary>
    /// What a window has aggregated for one key; false where it has nothing, or where it cannot be combined.
    /// </summary>
    public bool TryCombine(OpenWindow<TKey, TAcc, TOut> window, TKey key, ulong hash, out TAcc combined)
    {
        combined = aggregator.Create();
        bool found = false;
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            int index = slice.Table.Find(key, (uint)hash);
            if (index >= 0)
            {
                if (!TryMerge(window, key, ref combined, in slice.Table.At(index).Value))
                {
                    return false;
                }

                found = true;
            }
        }

        return found;
    }

    private Slice<TKey, TAcc> Combine(OpenWindow<TKey, TAcc, TOut> window)
    {
        KeyTable<TKey, bool>? refused = null;
        foreach (Slice<TKey, TAcc> slice in window.Slices)
        {
            for (int i = 0; i < slice.Table.Count; i++)
            {
                ref KeyTable<TKey, TAcc>.Entry entry = ref slice.Table.At(i);
                if (refused is not null && refused.Find(entry.Key, entry.Hash) >= 0)
                {
                    continue;
                }

                int index = IndexOf(in entry);
                if (TryMerge(window, entry.Key, ref _combined.Table.At(index).Value, in entry.Value))
                {
                    _combined.SetVersion(index, Math.Max(_combined.VersionOf(index), slice.VersionOf(i)));
                }
                else
                {
                    // Half a result would be a wrong one, so the key says nothing.
                    (refused ??= new()).FindOrAdd(entry.Key, entry.Hash, out _);
                    _combined.RemoveAt(index);
                }
            }
        }

        return _combined;
    }

    private int IndexOf(in KeyTable<TKey, TAcc>.Entry entry)
    {
        int index = _combined.Table.FindOrAdd(entry.Key, entry.Hash, out bool added);
        if (added)
        {
            _combined.Table.At(index).Value = aggregator.Create();
            _combined.SetVersion(index, 0);
        }

        return index;
    }

    private bool TryMerge(OpenWindow<TKey, TAcc, TOut> window, TKey key, ref TAcc into, in TAcc from)
    {
        try
        {
            aggregator.Merge(ref into, in from);
            return true;
        }
        catch (Exception exception)
        {
            context.Report(exception, null, window.Bounds.MaxTimestamp.Ticks, key?.ToString());
            return false;
        }
    }
}
