using System.Runtime.CompilerServices;
using StreamKit.Records;

namespace StreamKit.Aggregation;

/// <summary>
/// Hashes values to 64 well-mixed bits, the same in every process, so that sketches of them can be merged and kept.
/// </summary>
internal static class ValueHashes
{
    private const ulong Seed = 0x5F0D_3A77_91C4_E26B;

    /// <summary>The hash of a type of values.</summary>
    /// <exception cref="NotSupportedException">The type has no hash that is the same in every process.</exception>
    public static Func<TValue, ulong> For<TValue>()
    {
        Type type = typeof(TValue);
        Delegate hash =
            type == typeof(string) ? Hash<string?>(static text => text is null ? Mix(0) : Mixing.Hash(text, Seed))
            : type == typeof(int) ? Hash<int>(static number => Mix((ulong)number))
            : type == typeof(long) ? Hash<long>(static number => Mix((ulong)number))
            : type == typeof(short) ? Hash<short>(static number => Mix((ulong)number))
            : type == typeof(sbyte) ? Hash<sbyte>(static number => Mix((ulong)number))
            : type == typeof(double) ? Hash<double>(static number => Mix(Bits(number)))
            : type == typeof(float) ? Hash<float>(static number => Mix(Bits(number)))
            : type == typeof(decimal) ? Hash<decimal>(Mix)
            : type == typeof(Guid) ? Hash<Guid>(static id => Mix(Unsafe.BitCast<Guid, UInt128>(id)))
            : type == typeof(DateTime) ? Hash<DateTime>(static time => Mix((ulong)time.Ticks))
            : type == typeof(DateTimeOffset) ? Hash<DateTimeOffset>(static time => Mix((ulong)time.UtcTicks))
            : IsUnsignedInside(type) ? Hash<TValue>(static value => Mix(Unsigned(value)))
            : throw new NotSupportedException(
                $"ApproxCountDistinct cannot hash {type}: select what identifies the value as a string, a number, "
                + "a date or a Guid, or use CountDistinct.");
        return (Func<TValue, ulong>)hash;
    }

    private static Func<T, ulong> Hash<T>(Func<T, ulong> hash) => hash;

    private static bool IsUnsignedInside(Type type) =>
        type.IsEnum || type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(byte)
        || type == typeof(char) || type == typeof(bool) || type == typeof(TimeSpan) || type == typeof(DateOnly)
        || type == typeof(TimeOnly);

    private static ulong Unsigned<TValue>(TValue value) => Unsafe.SizeOf<TValue>() switch
    {
        1 => Unsafe.As<TValue, byte>(ref value),
        2 => Unsafe.As<TValue, ushort>(ref value),
        4 => Unsafe.As<TValue, uint>(ref value),
        _ => Unsafe.As<TValue, ulong>(ref value),
    };

    // Numbers that are equal have equal bits here: there are two zeros and many values that are not a number.
    private static ulong Bits(double number) =>
        number == 0 ? 0 : BitConverter.DoubleToUInt64Bits(double.IsNaN(number) ? double.NaN : number);

    // Two rounds: one multiplication lays consecutive numbers out more evenly than chance, which a sketch would
    // misread.
    private static ulong Mix(ulong bits) => Mixing.Mix(bits, 0, Seed);

    private static ulong Mix(UInt128 bits) => Mixing.Mix((ulong)(bits >> 64), (ulong)bits, Seed);

    private static ulong Mix(decimal number)
    {
        // Takes trailing zeros away, because 1.0 and 1.00 are equal: dividing by one keeps only the digits that count.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number == 0 ? 0 : number / 1.000000000000000000000000000000m, bits);
        ulong low = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        return Mixing.Mix(low, ((ulong)(uint)bits[3] << 32) | (uint)bits[2], Seed);
    }
}
