using System.Buffers.Binary;

namespace StreamKit.Time;

/// <summary>Drives a user's own generator record by record.</summary>
internal sealed class GeneratedWatermark<T>(IWatermarkGenerator<T> generator) : SplitWatermark<T>
{
    private long _highest = long.MinValue;

    public override long Advance(ReadOnlySpan<T> values, ReadOnlySpan<long> timestamps)
    {
        for (int i = 0; i < values.Length; i++)
        {
            generator.OnRecord(in values[i], new Timestamp(timestamps[i]));
            _highest = Math.Max(_highest, generator.Watermark.Ticks);
        }

        return _highest;
    }

    public override ReadOnlyMemory<byte> Save()
    {
        ReadOnlySpan<byte> own = generator.Save().Span;
        byte[] state = new byte[sizeof(long) + own.Length];
        BinaryPrimitives.WriteInt64LittleEndian(state, _highest);
        own.CopyTo(state.AsSpan(sizeof(long)));
        return state;
    }

    public override void Restore(ReadOnlyMemory<byte> state)
    {
        _highest = BinaryPrimitives.ReadInt64LittleEndian(state.Span);
        generator.Restore(state[sizeof(long)..]);
    }
}
