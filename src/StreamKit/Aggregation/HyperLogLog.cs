using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Counts distinct hashes in bounded memory.</summary>
/// <remarks>
/// S. Heule, M. Nunkesser, A. Hall, "HyperLogLog in Practice" (EDBT 2013). While few hashes were seen they are kept as
/// a sorted list of places in 2^26, from which the registers can be computed exactly; the list becomes 2^p registers of
/// one byte when it would be as large. What is held depends on the set of hashes only: not on their order, nor on how
/// parts of it were merged. Estimates are those of <see cref="CardinalityEstimates"/>.
/// </remarks>
internal sealed class HyperLogLog
{
    private const int Form = 1;
    private const int MinPrecision = 4;
    private const int MaxPrecision = 18;

    // A sparse entry: 26 bits of place, then 6 bits of rank of the other 38.
    private const int PlaceBits = 26;
    private const int RankBits = 6;
    private const uint RankMask = (1 << RankBits) - 1;
    private const int FirstEntries = 4;

    private readonly int _precision;
    private readonly int _sparseLimit;
    private uint[] _sparse = [];
    private int _sparseCount;
    private byte[]? _registers;

    public HyperLogLog(int precision)
    {
        Debug.Assert(precision is >= MinPrecision and <= MaxPrecision, "the precision is one that PrecisionFor gives");
        _precision = precision;
        _sparseLimit = (1 << precision) / sizeof(uint);
    }

    private HyperLogLog(HyperLogLog other)
    {
        _precision = other._precision;
        _sparseLimit = other._sparseLimit;
        _sparse = other._sparse[..other._sparseCount];
        _sparseCount = other._sparseCount;
        _registers = other._registers?[..];
    }

    /// <summary>How many bytes the hashes take; at most 2^p.</summary>
    public int Bytes => _registers?.Length ?? (_sparse.Length * sizeof(uint));

    /// <summary>
    /// The smallest precision with at most this standard error, which is <c>sqrt((3 ln 2 - 1) / 2^p)</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No precision serves the error.</exception>
    public static int PrecisionFor(double relativeError)
    {
        if (!(relativeError is >= .0025 and <= .25))
        {
            throw new ArgumentOutOfRangeException(
                nameof(relativeError),
                relativeError,
                "The relative error lies between 0.0025 (256 KB) and 0.25 (32 bytes).");
        }

        double registers = ((3 * Math.Log(2)) - 1) / (relativeError * relativeError);
        return Math.Clamp((int)Math.Ceiling(Math.Log2(registers)), MinPrecision, MaxPrecision);
    }

    public HyperLogLog Clone() => new(this);

    public void Add(ulong hash)
    {
        if (_registers is { } registers)
        {
            Raise(registers, (int)(hash >> (64 - _precision)), RankOf(hash, _precision));
        }
        else
        {
            AddSparse(((uint)(hash >> (64 - PlaceBits)) << RankBits) | RankOf(hash, PlaceBits));
        }
    }

    public void Merge(HyperLogLog other)
    {
        Debug.Assert(_precision == other._precision, "accumulators of one aggregator have one precision");
        if (other._registers is { } registers)
        {
            byte[] mine = ToRegisters();
            RaiseAll(mine, registers);
        }
        else if (_registers is { } mine)
        {
            RaiseSparse(mine, other.Entries);
        }
        else
        {
            MergeSparse(other.Entries);
        }
    }

    public double Estimate()
    {
        if (_registers is null)
        {
            return CardinalityEstimates.FromHits(_sparseCount, 1 << PlaceBits);
        }

        Span<int> registersByRank = stackalloc int[64 - _precision + 2];
        foreach (byte rank in _registers)
        {
            registersByRank[rank]++;
        }

        return CardinalityEstimates.FromRanks(registersByRank, _registers.Length);
    }

    public void Write(ref StateWriter writer)
    {
        writer.Write(Form);
        writer.Write(_precision);
        writer.Write(_registers is not null);
        if (_registers is not null)
        {
            writer.Write(_registers.AsSpan());
            return;
        }

        writer.Write(_sparseCount);
        uint before = 0;
        foreach (uint entry in Entries)
        {
            writer.Write((ulong)(entry - before));
            before = entry;
        }
    }

    public static HyperLogLog Read(ref StateReader reader, int precision)
    {
        reader.ReadForm(Form, "ApproxCountDistinct");
        int written = reader.ReadInt32();
        if (written != precision)
        {
            throw new StateException(
                $"The state of ApproxCountDistinct has 2^{written} registers, and the program's relative error asks "
                + $"for 2^{precision}. Set the error back, or begin with new state.");
        }

        var read = new HyperLogLog(precision);
        if (reader.ReadBoolean())
        {
            read.ReadRegisters(reader.ReadBytes());
        }
        else
        {
            read.ReadEntries(ref reader);
        }

        return read;
    }

    private ReadOnlySpan<uint> Entries => _sparse.AsSpan(0, _sparseCount);

    // One more than the number of leading zeros of what follows the first bits; the set bit ends the count.
    private static uint RankOf(ulong hash, int bits) =>
        (uint)BitOperations.LeadingZeroCount((hash << bits) | (1UL << (bits - 1))) + 1;

    private static void Raise(byte[] registers, int at, uint rank) =>
        registers[at] = Math.Max(registers[at], (byte)rank);

    private static void RaiseAll(byte[] registers, byte[] others)
    {
        Span<Vector<byte>> mine = MemoryMarshal.Cast<byte, Vector<byte>>(registers.AsSpan());
        ReadOnlySpan<Vector<byte>> theirs = MemoryMarshal.Cast<byte, Vector<byte>>(others.AsSpan());
        for (int i = 0; i < mine.Length; i++)
        {
            mine[i] = Vector.Max(mine[i], theirs[i]);
        }

        for (int i = mine.Length * Vector<byte>.Count; i < registers.Length; i++)
        {
            Raise(registers, i, others[i]);
        }
    }

    private void ReadRegisters(ReadOnlySpan<byte> registers)
    {
        if (registers.Length != 1 << _precision || registers.ContainsAnyExceptInRange((byte)0, (byte)(65 - _precision)))
        {
            throw StateException.Damaged("registers of ApproxCountDistinct are out of range");
        }

        _registers = registers.ToArray();
    }

    private void ReadEntries(ref StateReader reader)
    {
        int count = reader.ReadCount();
        if (count > _sparseLimit)
        {
            throw StateException.Damaged("ApproxCountDistinct has more entries than it keeps");
        }

        _sparse = new uint[count];
        ulong entry = 0;
        for (int i = 0; i < count; i++)
        {
            ulong distance = reader.ReadUInt64();
            bool isInOrder = distance <= uint.MaxValue && entry + distance <= uint.MaxValue;
            uint next = (uint)(entry + distance);
            if (!isInOrder || (i > 0 && (next <= entry || IsSamePlace(next, (uint)entry))) || !IsRank(next & RankMask))
            {
                throw StateException.Damaged("entries of ApproxCountDistinct are out of order");
            }

            _sparse[i] = next;
            entry = next;
        }

        _sparseCount = count;
    }

    private static bool IsRank(uint rank) => rank is >= 1 and <= 64 - PlaceBits + 1;

    private void AddSparse(uint entry)
    {
        int at = Entries.BinarySearch(entry);
        if (at >= 0)
        {
            return;
        }

        // The same place with another rank is a neighbour: entries are sorted by place, then by rank.
        at = ~at;
        if (at < _sparseCount && IsSamePlace(_sparse[at], entry))
        {
            return;
        }

        if (at > 0 && IsSamePlace(_sparse[at - 1], entry))
        {
            _sparse[at - 1] = entry;
            return;
        }

        if (_sparseCount == _sparseLimit)
        {
            RaiseSparse(ToRegisters(), [entry]);
            return;
        }

        if (_sparseCount == _sparse.Length)
        {
            Array.Resize(ref _sparse, Math.Min(Math.Max(FirstEntries, _sparseCount * 2), _sparseLimit));
        }

        _sparse.AsSpan(at, _sparseCount - at).CopyTo(_sparse.AsSpan(at + 1));
        _sparse[at] = entry;
        _sparseCount++;
    }

    private void MergeSparse(ReadOnlySpan<uint> others)
    {
        ReadOnlySpan<uint> mine = Entries;
        uint[] merged = new uint[mine.Length + others.Length];
        int count = 0, i = 0, j = 0;
        while (i < mine.Length || j < others.Length)
        {
            bool takeMine = j == others.Length || (i < mine.Length && mine[i] <= others[j]);
            uint entry = takeMine ? mine[i++] : others[j++];
            bool repeats = count > 0 && IsSamePlace(merged[count - 1], entry);
            merged[repeats ? count - 1 : count++] = entry; // Of two ranks the larger one comes second.
        }

        if (count > _sparseLimit)
        {
            RaiseSparse(ToRegisters(), merged.AsSpan(0, count));
        }
        else
        {
            _sparse = merged.Length <= _sparseLimit ? merged : merged[..count];
            _sparseCount = count;
        }
    }

    private byte[] ToRegisters()
    {
        if (_registers is null)
        {
            _registers = new byte[1 << _precision];
            RaiseSparse(_registers, Entries);
            (_sparse, _sparseCount) = ([], 0);
        }

        return _registers;
    }

    // The bits of a place below the register's number are the first ones that its rank counts.
    private void RaiseSparse(byte[] registers, ReadOnlySpan<uint> entries)
    {
        int lowBits = PlaceBits - _precision;
        foreach (uint entry in entries)
        {
            uint place = entry >> RankBits;
            uint low = place & ((1u << lowBits) - 1);
            uint rank = low == 0
                ? (uint)lowBits + (entry & RankMask)
                : (uint)(lowBits - BitOperations.Log2(low));
            Raise(registers, (int)(place >> lowBits), rank);
        }
    }

    private static bool IsSamePlace(uint one, uint other) => one >> RankBits == other >> RankBits;
}
