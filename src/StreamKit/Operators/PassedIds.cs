using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Which ids were passed at which times, so that no two of one id lie within a span of each other.</summary>
/// <remarks>
/// Event time is cut into pieces as long as the span. In one piece an id is passed at most once, so a piece is a table
/// of one time for each id; what lies within the span of an instant lies in its piece or in a neighbour; and what is no
/// longer needed goes a piece at a time.
/// </remarks>
internal sealed class PassedIds<TId>(long within, ulong hashSeed) : IStateful
{
    // More would only keep memory that a burst needed once.
    private const int MostSpares = 4;

    private readonly Dictionary<long, KeyTable<TId, long>> _pieces = [];
    private readonly PriorityQueue<long, long> _oldest = new();
    private readonly Stack<KeyTable<TId, long>> _spares = new();

    // The piece of the last instant and its neighbours, because the next one mostly lies there too.
    private long _piece;
    private bool _isKnown;
    private KeyTable<TId, long>? _before;
    private KeyTable<TId, long>? _here;
    private KeyTable<TId, long>? _after;

    /// <summary>How many ids are remembered, each once for each time that it was passed.</summary>
    public int Count { get; private set; }

    public string StateKind => "passed ids";

    /// <summary>Passes an id at an instant, unless it was passed less than the span away.</summary>
    public bool TryPass(TId id, ulong hash, long timestamp)
    {
        Enter(FloorDivide(timestamp, within));
        if (IsNear(_here, id, hash, timestamp) || IsNear(_before, id, hash, timestamp)
            || IsNear(_after, id, hash, timestamp))
        {
            return false;
        }

        _ = TryAdd(id, hash, timestamp);
        return true;
    }

    /// <summary>Forgets what no instant from <paramref name="watermark"/> less the span on can be near to.</summary>
    public void Forget(long watermark)
    {
        // The piece k ends before (k + 1) * within, and is needed while that is above watermark - 2 * within + 1.
        long last = watermark == long.MaxValue
            ? long.MaxValue
            : TickMath.Add(FloorDivide(watermark + 1, within), -3);
        while (_oldest.TryPeek(out long piece, out _) && piece <= last)
        {
            _oldest.Dequeue();
            _pieces.Remove(piece, out KeyTable<TId, long>? table);
            Count -= table!.Count; // Every piece in the queue has a table.
            _isKnown = false;
            if (_spares.Count < MostSpares)
            {
                table.Clear();
                _spares.Push(table);
            }
        }
    }

    public void Declare(StateNeeds needs) => needs.Add<TId>();

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        own.Write(within);
        own.Flush();

        // Ids are keys, which nobody changes.
        KeyTable<TId, long>.Entry[][] pieces = [.. _pieces.Values.Select(static piece => piece.Entries.ToArray())];
        snapshot.Later(to => Array.ForEach(pieces, piece => Write(to, piece)));
    }

    public void Restore(OperatorState state)
    {
        if (state.Parts.Any(part => part.Own().ReadInt64() != within))
        {
            throw new StateException(
                "It was saved by a step that left ids out for another span, and does not know what it would need: give "
                    + "the step another name, or the span that it had.");
        }

        var ids = new SavedKeys<TId>(hashSeed);
        state.ReadGroups((ref StateReader reader, int group) =>
        {
            TId id = ids.Read(ref reader, reader.Schema<TId>(), group, out ulong hash);
            long timestamp = reader.ReadInt64();
            Enter(FloorDivide(timestamp, within));
            if (!TryAdd(id, hash, timestamp))
            {
                throw StateException.Damaged("an id was passed twice in one span");
            }
        });
    }

    private void Write(OperatorSnapshot snapshot, KeyTable<TId, long>.Entry[] piece)
    {
        var byGroup = EntriesByGroup.Of<TId, long>(piece, hashSeed);
        for (int group = 0; group < KeyGroups.Count; group++)
        {
            ReadOnlySpan<int> indexes = byGroup[group];
            if (indexes.IsEmpty)
            {
                continue;
            }

            StateWriter writer = snapshot.GroupOf(group);
            foreach (int index in indexes)
            {
                writer.Value(piece[index].Key);
                writer.Write(piece[index].Value);
            }

            writer.Flush();
        }
    }

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    private void Enter(long piece)
    {
        if (_isKnown && piece == _piece)
        {
            return;
        }

        (_piece, _isKnown) = (piece, true);
        _here = _pieces.GetValueOrDefault(piece);

        // At the ends of event time the neighbour is the piece itself, which does no harm.
        _before = _pieces.GetValueOrDefault(TickMath.Add(piece, -1));
        _after = _pieces.GetValueOrDefault(TickMath.Add(piece, 1));
    }

    // Into the piece that was entered.
    private bool TryAdd(TId id, ulong hash, long timestamp)
    {
        _here ??= Open();
        _here.At(_here.FindOrAdd(id, hash, out bool added)).Value = timestamp;
        Count += added ? 1 : 0;
        return added;
    }

    private bool IsNear(KeyTable<TId, long>? table, TId id, ulong hash, long timestamp)
    {
        if (table is null)
        {
            return false;
        }

        int index = table.Find(id, (uint)hash);
        if (index < 0)
        {
            return false;
        }

        long passed = table.At(index).Value;
        ulong distance = unchecked(passed < timestamp ? (ulong)(timestamp - passed) : (ulong)(passed - timestamp));
        return distance < (ulong)within;
    }

    private KeyTable<TId, long> Open()
    {
        KeyTable<TId, long> table = _spares.TryPop(out KeyTable<TId, long>? spare) ? spare : new();
        _pieces.Add(_piece, table);
        _oldest.Enqueue(_piece, _piece);
        return table;
    }
}
