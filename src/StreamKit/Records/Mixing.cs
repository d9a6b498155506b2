using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamKit.Records;

/// <summary>The folded 64-bit multiplication that the hashes are made of.</summary>
/// <remarks>After Wang Yi's wyhash (public domain): multiply to 128 bits, fold the halves.</remarks>
internal static class Mixing
{
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;
    private const ulong Third = 0x8EBC6AF09C88C6E3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value, ulong seed) => Fold(value ^ First, seed ^ Second);

    public static ulong Mix(ulong high, ulong low, ulong seed) => Fold(Fold(high ^ First, seed ^ Second) ^ low, Third);

    /// <summary>Spreads the bits of a seed, so that seeds that are close together give hashes that are not.</summary>
    /// <remarks>
    /// The finaliser of SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
    /// OOPSLA 2014, with the constants of D. Stafford's thirteenth mix. No two seeds give the same result.
    /// </remarks>
    public static ulong Diffuse(ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        return seed ^ (seed >> 31);
    }

    /// <summary>Hashes text by its UTF-16 code units, in overlapping words of eight bytes.</summary>
    public static ulong Hash(ReadOnlySpan<char> text, ulong seed)
    {
        ref byte start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        int bytes = text.Length * sizeof(char);
        ulong state = seed ^ ((ulong)bytes * Third);
        if (bytes >= 16)
        {
            int at = 0;
            for (; at + 32 <= bytes; at += 16)
            {
                state = Fold(Word(ref start, at) ^ First, Word(ref start, at + 8) ^ state);
            }

            ulong head = Fold(Word(ref start, at) ^ First, Word(ref start, at + 8) ^ state);
            ulong tail = Fold(Word(ref start, bytes - 16) ^ Second, Word(ref start, bytes - 8) ^ state ^ Third);
            return Fold(head ^ First, tail ^ Second);
        }

        if (bytes >= 8)
        {
            return Fold(Fold(Word(ref start, 0) ^ First, Word(ref start, bytes - 8) ^ state) ^ Second, Third);
        }

        ulong rest = 0;
        for (int at = 0; at < bytes; at += sizeof(char))
        {
            rest = (rest << 16) | Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref start, at));
        }

        return Fold(Fold(rest ^ First, state ^ Second) ^ Second, Third);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
}
