using System.Buffers.Binary;

namespace StreamKit.Time;

/// <summary>
/// The highest timestamp seen, less a bound: a record exactly the bound behind the highest is still on time.
/// </summary>
internal sealed class BoundedOutOfOrderness<T>(long boundTicks) : SplitWatermark<T>
{
    private long _highest = long.MinValue;

    public override long Advance(ReadOnlySpan<T> values, ReadOnlySpan<long> timestamps)
    {
        _highest = Math.Max(_highest, TickMath.Highest(timestamps));
        return _highest == long.MinValue ? long.MinValue : TickMath.Add(_highest, -boundTicks);
    }

    public override ReadOnlyMemory<byte> Save()
    {
        byte[] state = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(state, _highest);
        return state;
    }

    public override void Restore(ReadOnlyMemory<byte> state) =>
        _highest = BinaryPrimitives.ReadInt64LittleEndian(state.Span);
}
