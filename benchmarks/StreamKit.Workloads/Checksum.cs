using System.Runtime.CompilerServices;

namespace StreamKit.Workloads;

/// <summary>A checksum over result rows that does not depend on their order; every engine adds each row once.</summary>
/// <remarks>A mutable struct: keep it in a field or local and merge the ones of several lanes at the end.</remarks>
internal struct Checksum : IEquatable<Checksum>
{
    public ulong Value;
    public long Rows;

    public static bool operator ==(Checksum left, Checksum right) => left.Equals(right);

    public static bool operator !=(Checksum left, Checksum right) => !left.Equals(right);

    /// <summary>Adds one result row. What each workload passes is said at its floor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long windowMs, ulong key, long first, long second)
    {
        Value += Mix(windowMs, key, first, second);
        Rows++;
    }

    /// <summary>Adds the rows of another part of the same result.</summary>
    public void Merge(Checksum other)
    {
        Value += other.Value;
        Rows += other.Rows;
    }

    /// <summary>What stands for a string key of at least two characters in the checksum; cheap, not unique.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Fingerprint(string text)
    {
        int length = text.Length;
        return (uint)length | (ulong)text[1] << 8 | (ulong)text[length - 1] << 24
            | (ulong)text[length - 2] << 40 | (ulong)text[length >> 1] << 52;
    }

    public readonly bool Equals(Checksum other) => Value == other.Value && Rows == other.Rows;

    public override readonly bool Equals(object? obj) => obj is Checksum other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Value, Rows);

    public override readonly string ToString() => $"{Value:x16}/{Rows}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(long windowMs, ulong key, long first, long second)
    {
        ulong x = (ulong)windowMs * 0x9E3779B97F4A7C15UL ^ key * 0xC2B2AE3D27D4EB4FUL
            ^ (ulong)first * 0x165667B19E3779F9UL ^ (ulong)second * 0xD6E8FEB86659FD93UL;
        x ^= x >> 32;
        x *= 0xD6E8FEB86659FD93UL;
        x ^= x >> 32;
        return x;
    }
}
