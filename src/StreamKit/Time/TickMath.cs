using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamKit.Time;

/// <summary>Arithmetic on ticks that saturates at the ends of event time instead of wrapping around.</summary>
internal static class TickMath
{
    /// <summary>The sum, held at <see cref="long.MinValue"/> and <see cref="long.MaxValue"/>.</summary>
    public static long Add(long ticks, long duration)
    {
        long sum = unchecked(ticks + duration);

        // Overflow happened exactly when both operands have the sign that the sum has not.
        if (((ticks ^ sum) & (duration ^ sum)) < 0)
        {
            return ticks < 0 ? long.MinValue : long.MaxValue;
        }

        return sum;
    }

    /// <summary>The remainder of floor division: never negative, for any sign of <paramref name="value"/>.</summary>
    public static long FloorMod(long value, long modulus)
    {
        long remainder = value % modulus;
        return remainder < 0 ? remainder + modulus : remainder;
    }

    /// <summary>
    /// The greatest common divisor of two durations that are not negative; 0 is divided by everything.
    /// </summary>
    public static long Gcd(long one, long other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }

    /// <summary>
    /// How far an instant lies behind the largest <c>offset + k * size</c> that is not above it: from 0, below size.
    /// </summary>
    /// <remarks>The two remainders are taken apart, so nothing overflows at the ends of event time.</remarks>
    public static long IntoAligned(long ticks, long size, long offset) =>
        FloorMod(FloorMod(ticks, size) - FloorMod(offset, size), size);

    /// <summary>The largest <c>offset + k * size</c> that is not above <paramref name="ticks"/>.</summary>
    public static long AlignedStart(long ticks, long size, long offset) =>
        Add(ticks, -IntoAligned(ticks, size, offset));

    /// <summary>The highest of some ticks; <see cref="long.MinValue"/> of none.</summary>
    public static long Highest(ReadOnlySpan<long> timestamps) => Range(timestamps).Highest;

    /// <summary>The lowest and the highest of some ticks; of none they are the other way round.</summary>
    public static (long Lowest, long Highest) Range(ReadOnlySpan<long> timestamps)
    {
        long lowest = long.MaxValue;
        long highest = long.MinValue;
        int i = 0;
        if (timestamps.Length >= Vector<long>.Count)
        {
            ReadOnlySpan<Vector<long>> vectors = MemoryMarshal.Cast<long, Vector<long>>(timestamps);
            Vector<long> least = vectors[0];
            Vector<long> most = vectors[0];
            foreach (Vector<long> vector in vectors[1..])
            {
                least = Vector.Min(least, vector);
                most = Vector.Max(most, vector);
            }

            for (int lane = 0; lane < Vector<long>.Count; lane++)
            {
                lowest = Math.Min(lowest, least[lane]);
                highest = Math.Max(highest, most[lane]);
            }

            i = vectors.Length * Vector<long>.Count;
        }

        for (; i < timestamps.Length; i++)
        {
            lowest = Math.Min(lowest, timestamps[i]);
            highest = Math.Max(highest, timestamps[i]);
        }

        return (lowest, highest);
    }
}
