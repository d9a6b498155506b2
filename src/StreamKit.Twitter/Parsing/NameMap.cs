using System.Text;
using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Finds which known field a property name stands for, without making a string of it.</summary>
internal sealed class NameMap<T>
    where T : struct, Enum
{
    // Names of one length are few, so a bucket per length needs no hash.
    private readonly (byte[] Name, T Field)[][] _byLength;

    internal NameMap(params (string Name, T Field)[] entries)
    {
        int longest = entries.Max(entry => entry.Name.Length);
        _byLength = new (byte[], T)[longest + 1][];
        for (int length = 0; length <= longest; length++)
        {
            _byLength[length] = [.. entries.Where(entry => entry.Name.Length == length)
                .Select(entry => (Encoding.ASCII.GetBytes(entry.Name), entry.Field))];
        }
    }

    /// <summary>The field named by the reader's current property name or string, or the enum's zero.</summary>
    internal T Find(ref Utf8JsonReader reader)
    {
        TryFind(ref reader, out T field);
        return field;
    }

    /// <summary>Whether the reader's current property name or string is known.</summary>
    internal bool TryFind(ref Utf8JsonReader reader, out T field)
    {
        return reader.ValueIsEscaped
            ? TryFindIn(Encoding.UTF8.GetBytes(ValueReader.Decode(ref reader)), out field)
            : TryFindIn(reader.ValueSpan, out field);
    }

    private bool TryFindIn(ReadOnlySpan<byte> name, out T field)
    {
        if (name.Length < _byLength.Length)
        {
            foreach (var (known, value) in _byLength[name.Length])
            {
                if (name.SequenceEqual(known))
                {
                    field = value;
                    return true;
                }
            }
        }

        field = default;
        return false;
    }
}
