using System.Numerics;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Serialization;

/// <summary>The types of the platform, and of the rooms below, that are kept without further ado.</summary>
internal static class BuiltIns
{
    private const ulong DecimalSign = 1UL << 31;
    private const int DecimalScaleShift = 16;
    private const int MaxDecimalScale = 28;

    private static readonly Dictionary<Type, IStateSerializer> All = Map(
    [
        Value<bool>("bool", static (ref w, v) => w.Write(v), static (ref r) => r.ReadBoolean()),
        Value<sbyte>("int8", static (ref w, v) => w.Write(v), static (ref r) => (sbyte)Signed(ref r, 8)),
        Value<short>("int16", static (ref w, v) => w.Write(v), static (ref r) => (short)Signed(ref r, 16)),
        Value<int>("int32", static (ref w, v) => w.Write(v), static (ref r) => r.ReadInt32()),
        Value<long>("int64", static (ref w, v) => w.Write(v), static (ref r) => r.ReadInt64()),
        Value<nint>("int64", static (ref w, v) => w.Write((long)v), static (ref r) => Native(ref r)),
        Value<byte>("uint8", static (ref w, v) => w.Write((ulong)v), static (ref r) => (byte)Unsigned(ref r, 8)),
        Value<ushort>("uint16", static (ref w, v) => w.Write((ulong)v), static (ref r) => (ushort)Unsigned(ref r, 16)),
        Value<uint>("uint32", static (ref w, v) => w.Write((ulong)v), static (ref r) => (uint)Unsigned(ref r, 32)),
        Value<ulong>("uint64", static (ref w, v) => w.Write(v), static (ref r) => r.ReadUInt64()),
        Value<nuint>("uint64", static (ref w, v) => w.Write((ulong)v), static (ref r) => UnsignedNative(ref r)),
        Value<Int128>("int128", static (ref w, v) => Write(ref w, (UInt128)v), static (ref r) => (Int128)Wide(ref r)),
        Value<UInt128>("uint128", static (ref w, v) => Write(ref w, v), static (ref r) => Wide(ref r)),
        Value<char>("char", static (ref w, v) => w.Write((ulong)v), static (ref r) => (char)Unsigned(ref r, 16)),
        Value<float>("float32", static (ref w, v) => w.WriteSingle(v), static (ref r) => r.ReadSingle()),
        Value<double>("float64", static (ref w, v) => w.Write(v), static (ref r) => r.ReadDouble()),
        Value<Half>(
            "float16",
            static (ref w, v) => w.Write((ulong)BitConverter.HalfToUInt16Bits(v)),
            static (ref r) => BitConverter.UInt16BitsToHalf((ushort)Unsigned(ref r, 16))),
        Value<decimal>("decimal", static (ref w, v) => Write(ref w, v), static (ref r) => Decimal(ref r)),
        Value<BigInteger>("bigint", static (ref w, v) => w.Write(v.ToByteArray()), static (ref r) => Big(ref r)),
        Value<Guid>("guid", static (ref w, v) => Write(ref w, v), static (ref r) => Id(ref r)),
        Value<DateTime>("datetime", static (ref w, v) => Write(ref w, v), static (ref r) => Date(ref r)),
        Value<DateTimeOffset>("datetimeoffset", static (ref w, v) => Write(ref w, v), static (ref r) => Instant(ref r)),
        Value<TimeSpan>("timespan", static (ref w, v) => w.Write(v.Ticks), static (ref r) => new(r.ReadInt64())),
        Value<DateOnly>(
            "date",
            static (ref w, v) => w.Write(v.DayNumber),
            static (ref r) => DateOnly.FromDayNumber((int)Within(r.ReadInt64(), DateOnly.MaxValue.DayNumber))),
        Value<TimeOnly>(
            "time",
            static (ref w, v) => w.Write(v.Ticks),
            static (ref r) => new(Within(r.ReadInt64(), TimeOnly.MaxValue.Ticks))),
        Value<Timestamp>("timestamp", static (ref w, v) => w.Write(v.Ticks), static (ref r) => new(r.ReadInt64())),
        Value<Unit>("unit", static (ref w, _) => w.WriteNull(), static (ref r) => Nothing(ref r)),
        Reference<string?>("string", static (ref w, v) => w.Write(v), static (ref r) => r.ReadString()),
        Reference<byte[]?>("bytes", static (ref w, v) => Write(ref w, v), static (ref r) => Bytes(ref r)),
        Reference<Uri?>("uri", static (ref w, v) => w.Write(v?.OriginalString), static (ref r) => Address(ref r)),
        Reference<Version?>("version", static (ref w, v) => w.Write(v?.ToString()), static (ref r) => Release(ref r)),
    ]);

    public static IStateSerializer? Find(Type type) => All.GetValueOrDefault(type);

    private static Dictionary<Type, IStateSerializer> Map(IStateSerializer[] serializers)
    {
        var map = new Dictionary<Type, IStateSerializer>();
        foreach (IStateSerializer serializer in serializers)
        {
            map.Add(serializer.Type, serializer);
        }

        return map;
    }

    private static ValueSerializer<T> Value<T>(
        string schema, PrimitiveSerializer<T>.Writing write, PrimitiveSerializer<T>.Reading read)
        where T : struct => new(schema, write, read);

    private static PrimitiveSerializer<T> Reference<T>(
        string schema, PrimitiveSerializer<T>.Writing write, PrimitiveSerializer<T>.Reading read) =>
        new(schema, write, read);

    private static long Within(long value, long last) =>
        value >= 0 && value <= last ? value : throw StateException.Damaged("a date or time is out of range");

    private static long Signed(ref StateReader reader, int bits)
    {
        long value = reader.ReadInt64();
        return value << (64 - bits) >> (64 - bits) == value ? value : throw OutOfRange();
    }

    private static ulong Unsigned(ref StateReader reader, int bits)
    {
        ulong value = reader.ReadUInt64();
        return value >> bits == 0 ? value : throw OutOfRange();
    }

    private static nint Native(ref StateReader reader)
    {
        long value = reader.ReadInt64();
        return (nint)value == value ? (nint)value : throw OutOfRange();
    }

    private static nuint UnsignedNative(ref StateReader reader)
    {
        ulong value = reader.ReadUInt64();
        return (nuint)value == value ? (nuint)value : throw OutOfRange();
    }

    private static StateException OutOfRange() => StateException.Damaged("a number is out of range");

    private static void Write(ref StateWriter writer, UInt128 value)
    {
        writer.Write((ulong)(value >> 64));
        writer.Write((ulong)value);
    }

    private static UInt128 Wide(ref StateReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());

    // The 96 bits of the digits and the 32 of sign and scale: 1.0 and 1.00 stay apart.
    private static void Write(ref StateWriter writer, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        writer.Write(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        writer.Write((ulong)(uint)bits[2]);
        writer.Write((ulong)(uint)bits[3]);
    }

    private static decimal Decimal(ref StateReader reader)
    {
        ulong low = reader.ReadUInt64();
        ulong high = Unsigned(ref reader, 32);
        ulong flags = Unsigned(ref reader, 32);
        ulong scale = (flags & ~DecimalSign) >> DecimalScaleShift;
        if (scale > MaxDecimalScale || flags != ((flags & DecimalSign) | (scale << DecimalScaleShift)))
        {
            throw OutOfRange();
        }

        return new decimal((int)low, (int)(low >> 32), (int)high, (flags & DecimalSign) != 0, (byte)scale);
    }

    private static BigInteger Big(ref StateReader reader) => new(reader.ReadBytes());

    private static void Write(ref StateWriter writer, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.Write(bytes);
    }

    private static Guid Id(ref StateReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes();
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : throw OutOfRange();
    }

    private static void Write(ref StateWriter writer, DateTime value)
    {
        writer.Write(value.Ticks);
        writer.Write((int)value.Kind);
    }

    private static DateTime Date(ref StateReader reader)
    {
        long ticks = Within(reader.ReadInt64(), DateTime.MaxValue.Ticks);
        return new DateTime(ticks, (DateTimeKind)Within(reader.ReadInt64(), (long)DateTimeKind.Local));
    }

    private static void Write(ref StateWriter writer, DateTimeOffset value)
    {
        writer.Write(value.UtcTicks);
        writer.Write(value.TotalOffsetMinutes);
    }

    private static DateTimeOffset Instant(ref StateReader reader)
    {
        long utc = Within(reader.ReadInt64(), DateTime.MaxValue.Ticks);
        long offset = reader.ReadInt64();
        if (offset is < -14 * 60 or > 14 * 60)
        {
            throw OutOfRange();
        }

        long local = Within(utc + (offset * TimeSpan.TicksPerMinute), DateTime.MaxValue.Ticks);
        return new DateTimeOffset(local, TimeSpan.FromMinutes(offset));
    }

    private static Unit Nothing(ref StateReader reader) =>
        reader.TryReadNull() ? default : throw StateException.Damaged("something stands where nothing should");

    private static void Write(ref StateWriter writer, byte[]? value)
    {
        if (value is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.Write(value.AsSpan());
        }
    }

    private static byte[]? Bytes(ref StateReader reader) => reader.TryReadNull() ? null : reader.ReadBytes().ToArray();

    private static Uri? Address(ref StateReader reader) => reader.ReadString() is not { } text ? null
        : Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? uri) ? uri
        : throw StateException.Damaged("an address is none");

    private static Version? Release(ref StateReader reader) => reader.ReadString() is not { } text ? null
        : Version.TryParse(text, out Version? version) ? version
        : text.Length == 0 ? new Version()
        : throw StateException.Damaged("a version is none");
}
