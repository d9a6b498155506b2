using System.Buffers.Binary;
using System.Text;

namespace StreamKit.Twitter.Parsing;

/// <summary>Keeps one string per short ASCII code (languages, countries), so that posts share them.</summary>
internal sealed class CodeCache
{
    // About 70 languages and 250 countries occur, so there is room. Where a run of slots is full of other codes, the
    // newcomer takes the first of them: that costs a new string later and nothing else, and memory stays bounded.
    private const int SlotBits = 10;
    private const int RunLength = 8;

    private readonly ulong[] _keys = new ulong[1 << SlotBits];
    private readonly string[] _codes = new string[1 << SlotBits];

    /// <summary>The string for a code of 1 to 8 ASCII bytes, or null for anything else.</summary>
    internal string? Find(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > sizeof(ulong) || !Ascii.IsValid(utf8) || utf8.Contains((byte)0))
        {
            return null;
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        utf8.CopyTo(padded);
        ulong key = BinaryPrimitives.ReadUInt64LittleEndian(padded);
        int home = (int)((key * 0x9E3779B97F4A7C15) >> (64 - SlotBits));
        int slot = FindSlot(home, key);
        if (_keys[slot] != key)
        {
            _codes[slot] = Encoding.ASCII.GetString(utf8);
            _keys[slot] = key;
        }

        return _codes[slot];
    }

    private int FindSlot(int home, ulong key)
    {
        for (int step = 0; step < RunLength; step++)
        {
            int slot = (home + step) & (_keys.Length - 1);
            if (_keys[slot] == key || _keys[slot] == 0)
            {
                return slot;
            }
        }

        return home;
    }
}
