using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Workloads.Floors;

/// <summary>
/// A fast hash of strings: overlapping 8-byte words, multiplied to 128 bits and folded, in the manner of wyhash.
/// </summary>
internal static class StringHash
{
    private const ulong First = 0xA0761D6478BD642FUL;
    private const ulong Second = 0xE7037ED1A0B428DBUL;
    private const ulong Third = 0x8EBC6AF09C88C6E3UL;
    private const ulong LengthFactor = 0x9E3779B97F4A7C15UL;

    /// <summary>The hash; strings of 4 to 16 characters take a way without a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(string text)
    {
        ref byte start = ref Start(text);
        nint bytes = text.Length * 2;
        if (bytes >= 16)
        {
            if (bytes > 32)
            {
                return OfAnyLength(text);
            }

            ulong low = Fold(Word(ref start, 0) ^ First, Word(ref start, 8) ^ (ulong)bytes * LengthFactor);
            ulong high = Fold(Word(ref start, bytes - 16) ^ Second, Word(ref start, bytes - 8) ^ Third);
            return Narrow(low ^ high);
        }

        if (bytes >= 8)
        {
            return Narrow(Fold(Word(ref start, 0) ^ First, Word(ref start, bytes - 8) ^ (ulong)bytes * LengthFactor));
        }

        return OfAnyLength(text);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint OfAnyLength(string text)
    {
        ref byte start = ref Start(text);
        int bytes = text.Length * 2;
        ulong hash = (ulong)bytes * LengthFactor;
        int at = 0;
        if (bytes < 8)
        {
            for (; at < bytes; at += 2)
            {
                hash = (hash ^ Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref start, at))) * LengthFactor;
            }

            return Narrow(hash);
        }

        for (; at + 16 <= bytes; at += 16)
        {
            hash = Fold(Word(ref start, at) ^ First, Word(ref start, at + 8) ^ hash ^ Second);
        }

        if (bytes - at >= 8)
        {
            hash = Fold(Word(ref start, at) ^ First, Word(ref start, bytes - 8) ^ hash ^ Second);
        }
        else if (bytes > at)
        {
            hash = Fold(Word(ref start, bytes - 8) ^ First, hash ^ Second);
        }

        return Narrow(hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Start(string text) =>
        ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text.AsSpan()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, nint offset) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Narrow(ulong hash) => (uint)(hash ^ hash >> 32);
}
