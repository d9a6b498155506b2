using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What was aggregated in one stretch of event time: one accumulator for each key.</summary>
internal sealed class Slice<TKey, TAcc>
{
    private long[]? _versions;

    public Window Bounds { get; private set; }

    /// <summary>The end of the window over the slice that closes first: before it, every record is on time.</summary>
    public long FirstEnd { get; private set; }

    /// <summary>How many windows that are not expired the slice belongs to.</summary>
    public int LiveWindows { get; set; }

    public KeyTable<TKey, TAcc> Table { get; } = new();

    public void Open(Window bounds, long firstEnd) => (Bounds, FirstEnd, LiveWindows) = (bounds, firstEnd, 0);

    public void Close() => Table.Clear();

    /// <summary>Removes an entry; the last one takes its place.</summary>
    public void RemoveAt(int index)
    {
        if (_versions is not null)
        {
            _versions[index] = VersionOf(Table.Count - 1);
        }

        Table.RemoveAt(index);
    }

    /// <summary>Notes that an entry changed.</summary>
    public void SetVersion(int index, long version)
    {
        if (_versions is null || index >= _versions.Length)
        {
            Array.Resize(ref _versions, Math.Max(16, Math.Max(index + 1, (_versions?.Length ?? 0) * 2)));
        }

        _versions[index] = version;
    }

    /// <summary>When an entry last changed; 0 where changes are not followed.</summary>
    public long VersionOf(int index) => _versions is { } versions && index < versions.Length ? versions[index] : 0;
}
