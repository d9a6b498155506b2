using System.Runtime.CompilerServices;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.State;

/// <summary>Finds the hash of a type of key.</summary>
internal static class KeyHashers
{
    /// <summary>
    /// The hasher of a key type; of types that are not known, one over <c>GetHashCode</c>, which is not stable.
    /// </summary>
    public static KeyHasher<TKey> For<TKey>()
    {
        Type type = typeof(TKey);
        object hasher =
            type == typeof(string) ? new ColumnHasher<string, StringHash>()
            : type == typeof(int) ? new ColumnHasher<int, Int32Hash>()
            : type == typeof(long) ? new ColumnHasher<long, Int64Hash>()
            : type == typeof(Guid) ? new ColumnHasher<Guid, GuidHash>()
            : type == typeof(DateTime) ? new ColumnHasher<DateTime, DateTimeHash>()
            : type == typeof(DateTimeOffset) ? new ColumnHasher<DateTimeOffset, DateTimeOffsetHash>()
            : type == typeof(Timestamp) ? new ColumnHasher<Timestamp, TimestampHash>()
            : type == typeof(Unit) ? new ColumnHasher<Unit, UnitHash>()
            : IsIntegral(type) ? new ColumnHasher<TKey, IntegralHash<TKey>>()
            : OfTuple(type) ?? new ColumnHasher<TKey, ObjectHash<TKey>>();
        return (KeyHasher<TKey>)hasher;
    }

    // Where no code can be made at run time, tuples have the hash of any other type.
    private static object? OfTuple(Type type)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || !type.IsConstructedGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        Type? hash = definition == typeof(ValueTuple<,>) ? typeof(PairHash<,>)
            : definition == typeof(ValueTuple<,,>) ? typeof(TripleHash<,,>)
            : null;
        return hash is null ? null : Activator.CreateInstance(
            typeof(ColumnHasher<,>).MakeGenericType(type, hash.MakeGenericType(type.GetGenericArguments())));
    }

    // A part of a key may be null although the key is not.
    private static ulong HashOf<T>(T part, ulong seed) => part is null ? seed : Part<T>.Hasher.Hash(part, seed);

    private static bool IsIntegral(Type type) =>
        type.IsEnum || type == typeof(uint) || type == typeof(ulong) || type == typeof(short) || type == typeof(ushort)
        || type == typeof(byte) || type == typeof(sbyte) || type == typeof(char) || type == typeof(bool)
        || type == typeof(TimeSpan) || type == typeof(DateOnly) || type == typeof(TimeOnly);

    private readonly struct Int32Hash : IKeyHash<int>
    {
        public static bool IsStable => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Hash(int key, ulong seed) => Mixing.Mix((uint)key, seed);
    }

    private readonly struct Int64Hash : IKeyHash<long>
    {
        public static bool IsStable => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Hash(long key, ulong seed) => Mixing.Mix((ulong)key, seed);
    }

    private readonly struct GuidHash : IKeyHash<Guid>
    {
        public static bool IsStable => true;

        public static ulong Hash(Guid key, ulong seed)
        {
            UInt128 bits = Unsafe.BitCast<Guid, UInt128>(key);
            return Mixing.Mix((ulong)(bits >> 64), (ulong)bits, seed);
        }
    }

    /// <summary>Dates are equal when their ticks are, whatever their kind.</summary>
    private readonly struct DateTimeHash : IKeyHash<DateTime>
    {
        public static bool IsStable => true;

        public static ulong Hash(DateTime key, ulong seed) => Mixing.Mix((ulong)key.Ticks, seed);
    }

    /// <summary>Instants are equal when they are the same, whatever the offset they are written with.</summary>
    private readonly struct DateTimeOffsetHash : IKeyHash<DateTimeOffset>
    {
        public static bool IsStable => true;

        public static ulong Hash(DateTimeOffset key, ulong seed) => Mixing.Mix((ulong)key.UtcTicks, seed);
    }

    private readonly struct TimestampHash : IKeyHash<Timestamp>
    {
        public static bool IsStable => true;

        public static ulong Hash(Timestamp key, ulong seed) => Mixing.Mix((ulong)key.Ticks, seed);
    }

    private readonly struct StringHash : IKeyHash<string>
    {
        public static bool IsStable => true;

        public static ulong Hash(string key, ulong seed) => Mixing.Hash(key, seed);
    }

    private readonly struct UnitHash : IKeyHash<Unit>
    {
        public static bool IsStable => true;

        public static ulong Hash(Unit key, ulong seed) => 0;
    }

    /// <summary>Types that are one integer of at most eight bytes inside.</summary>
    private readonly struct IntegralHash<TKey> : IKeyHash<TKey>
    {
        public static bool IsStable => true;

        public static ulong Hash(TKey key, ulong seed) => Mixing.Mix(Bits(key), seed);

        private static ulong Bits(TKey key) => Unsafe.SizeOf<TKey>() switch
        {
            1 => Unsafe.As<TKey, byte>(ref key),
            2 => Unsafe.As<TKey, ushort>(ref key),
            4 => Unsafe.As<TKey, uint>(ref key),
            _ => Unsafe.As<TKey, ulong>(ref key),
        };
    }

    private static class Part<T>
    {
        public static readonly KeyHasher<T> Hasher = For<T>();
    }

    private readonly struct PairHash<T1, T2> : IKeyHash<(T1, T2)>
    {
        public static bool IsStable => Part<T1>.Hasher.IsStable && Part<T2>.Hasher.IsStable;

        public static ulong Hash((T1, T2) key, ulong seed) =>
            Mixing.Mix(HashOf(key.Item1, seed), HashOf(key.Item2, seed), seed);
    }

    private readonly struct TripleHash<T1, T2, T3> : IKeyHash<(T1, T2, T3)>
    {
        public static bool IsStable =>
            Part<T1>.Hasher.IsStable && Part<T2>.Hasher.IsStable && Part<T3>.Hasher.IsStable;

        public static ulong Hash((T1, T2, T3) key, ulong seed) => Mixing.Mix(
            Mixing.Mix(HashOf(key.Item1, seed), HashOf(key.Item2, seed), seed), HashOf(key.Item3, seed), seed);
    }

    private readonly struct ObjectHash<TKey> : IKeyHash<TKey>
    {
        public static bool IsStable => false;

        public static ulong Hash(TKey key, ulong seed) =>
            Mixing.Mix((uint)EqualityComparer<TKey>.Default.GetHashCode(key!), seed);
    }
}
