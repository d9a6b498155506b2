using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamKit.Time;

/// <summary>
/// The highest timestamp seen, less a bound: a record exactly the bound behind the highest is still on time.
/// </summary>
internal sealed class BoundedOutOfOrderness<T>(long boundTicks) : SplitWatermark<T>
{
    private long _highest = long.MinValue;

    public override long Advance(ReadOnlySpan<T> values, ReadOnlySpan<long> timestamps)
    {
        _highest = Math.Max(_highest, Highest(timestamps));
        return _highest == long.MinValue ? long.MinValue : TickMath.Add(_highest, -boundTicks);
    }

    private static long Highest(ReadOnlySpan<long> timestamps)
    {
        long highest = long.MinValue;
        int i = 0;
        if (timestamps.Length >= Vector<long>.Count)
        {
            ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<long, Vector<long>>(timestamps);
            Vector<long> best = vectors[0];
            foreach (Vector<long> vector in vectors[1..])
            {
                best = Vector.Max(best, vector);
            }

            for (int lane = 0; lane < Vector<long>.Count; lane++)
            {
                highest = Math.Max(highest, best[lane]);
            }

            i = vectors.Length * Vector<long>.Count;
        }

        for (; i < timestamps.Length; i++)
        {
            highest = Math.Max(highest, timestamps[i]);
        }

        return highest;
    }
}
