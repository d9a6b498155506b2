using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>What was aggregated in one stretch of event time: one accumulator for each key.</summary>
internal sealed class Slice<TKey, TAcc>
{
    private long[]? _versions;
    private long[]? _registered;

    public Window Bounds { get; private set; }

    /// <summary>The end of the window over the slice that closes first: before it, every record is on time.</summary>
    public long FirstEnd { get; private set; }

    /// <summary>How many windows that are not expired the slice belongs to.</summary>
    public int LiveWindows { get; set; }

    /// <summary>How many keys had been registered in the lane's slices when this one was opened.</summary>
    public long Opened { get; set; }

    /// <summary>Whether the slice is a part of what rolls from window to window.</summary>
    public bool HasEntered { get; set; }

    /// <summary>The least <see cref="Opened"/> of this slice and the later ones that have entered.</summary>
    public long EarliestFromHere { get; set; }

    /// <summary>What is in memory.</summary>
    public KeyTable<TKey, TAcc> Table { get; } = new();

    /// <summary>What came before and was spilled, the oldest first; a key may be in several and in the table.</summary>
    public List<SpilledRun> Runs { get; } = [];

    /// <summary>Roughly how many bytes of memory the content takes, without what its values refer to.</summary>
    public long Bytes => Table.Bytes + BytesOfNotes;

    /// <summary>How many entries there are, those that were spilled included.</summary>
    public long Count
    {
        get
        {
            long count = Table.Count;
            foreach (SpilledRun run in Runs)
            {
                count += run.Entries;
            }

            return count;
        }
    }

    /// <summary>How many bytes were spilled.</summary>
    public long SpilledBytes
    {
        get
        {
            long bytes = 0;
            foreach (SpilledRun run in Runs)
            {
                bytes += run.Bytes;
            }

            return bytes;
        }
    }

    private long BytesOfNotes => sizeof(long) * ((long)(_versions?.Length ?? 0) + (_registered?.Length ?? 0));

    public void Open(Window bounds, long firstEnd, long opened) =>
        (Bounds, FirstEnd, Opened, LiveWindows) = (bounds, firstEnd, opened, 0);

    public void Close()
    {
        Table.Clear();
        Runs.ForEach(static run => run.Dispose());
        Runs.Clear();
    }

    /// <summary>How many bytes of memory the content would take once it has so many keys more.</summary>
    public long BytesAfter(int more) => Table.BytesAfter(more) + BytesOfNotes;

    /// <summary>Gives back the memory of a table that is empty.</summary>
    public void GiveBack()
    {
        Table.Reset();
        (_versions, _registered) = (null, null);
    }

    /// <summary>Copies the content, to be written while the slice goes on.</summary>
    /// <param name="windows">How many windows there are over the slice.</param>
    /// <param name="registers">Whether it is noted when each key came.</param>
    /// <param name="followsVersions">Whether changes are noted.</param>
    public SliceCopy<TKey, TAcc> Copy(int windows, bool registers, bool followsVersions) => new()
    {
        Head = new SavedSlice(Bounds, FirstEnd, windows, HasEntered),
        Entries = Table.Entries.ToArray(),
        Registered = registers ? _registered.AsSpan(0, Table.Count).ToArray() : null,
        Versions = followsVersions ? _versions.AsSpan(0, Table.Count).ToArray() : null,
    };

    /// <summary>Removes an entry; the last one takes its place.</summary>
    public void RemoveAt(int index)
    {
        if (_versions is not null)
        {
            _versions[index] = VersionOf(Table.Count - 1);
        }

        if (_registered is not null)
        {
            _registered[index] = RegisteredOf(Table.Count - 1);
        }

        Table.RemoveAt(index);
    }

    /// <summary>Notes when the first record of an entry's key came, as a count of all such entries.</summary>
    public void SetRegistered(int index, long registered)
    {
        if (_registered is null || index >= _registered.Length)
        {
            Array.Resize(ref _registered, Math.Max(16, Math.Max(index + 1, (_registered?.Length ?? 0) * 2)));
        }

        _registered[index] = registered;
    }

    /// <summary>When the first record of an entry's key came; only where windows share slices.</summary>
    public long RegisteredOf(int index) => _registered is { } registered ? registered[index] : 0;

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
