using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>Reads the entries of runs that were spilled, one section after the other.</summary>
internal ref struct SpilledReader<TKey, TAcc, TMonoid>(TMonoid monoid, ulong seed)
    where TMonoid : struct, IMonoid<TAcc>
{
    private readonly TMonoid _monoid = monoid;
    private readonly SavedKeys<TKey> _saved = new(seed);
    private byte[] _buffer = [];
    private StateReader _reader;
    private StateSerializer<TKey>? _keys;
    private int _group;
    private int _left;

    /// <summary>Goes to the section of a key group.</summary>
    public void Open(SpilledRun run, int group)
    {
        _group = group;
        _reader = run.Read(group, ref _buffer);
        _left = 0;
        if (!_reader.IsAtEnd)
        {
            _left = _reader.ReadCount();
            _keys = _reader.Schema<TKey>();
        }
    }

    /// <summary>Reads the next entry; false after the last one.</summary>
    public bool TryRead(out TKey key, out ulong hash, out long registered, out TAcc value)
    {
        if (_left == 0)
        {
            (key, hash, registered, value) = (default!, 0, 0, default!); // Nobody looks at them.
            return false;
        }

        _left--;
        registered = _reader.ReadInt64();
        key = _saved.Read(ref _reader, _keys!, _group, out hash); // Set with what is left.
        value = _monoid.Read(ref _reader);
        return true;
    }
}
