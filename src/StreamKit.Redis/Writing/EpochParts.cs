using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Divides the records of an epoch into parts for one script each.</summary>
internal sealed class EpochParts<T>(EpochForm<T> form, ReadOnlyMemory<T> records)
{
    // What a server does in a few milliseconds.
    private const int MostValues = 8192;
    private const long MostBytes = 4 << 20;

    private readonly List<RedisValue[]> _part = [];
    private XxHash64 _print = new();    // Of what is written,
    private XxHash64 _ahead = new();    // and of what will be when the part is.
    private byte[] _bytes = new byte[256];

    /// <summary>How many records are known to be written.</summary>
    public int Written { get; private set; }

    /// <summary>The arguments of the script that writes the next part.</summary>
    public RedisValue[] Next(long epoch)
    {
        int values = Fill();
        int after = Written + _part.Count;
        var arguments = new List<RedisValue>(values + _part.Count + 6)
        {
            epoch,
            Written,
            after,
            after == records.Length ? "1" : "0",
            Text(_ahead),
            form.ExpireAfter is { } expiry ? (long)expiry.TotalMilliseconds : 0L,
        };
        form.Gather(_part, arguments);
        return [.. arguments];
    }

    /// <summary>Goes to where the marker is; false where what is written before it are other records.</summary>
    public bool TryAdvance(EpochMarker marker)
    {
        if (marker.Written == Written + _part.Count)
        {
            (_print, Written) = (_ahead, Written + _part.Count);
        }

        // Further than this part, or into it: another run has written, or this one before it was started again.
        while (Written < marker.Written)
        {
            if (Written == records.Length)
            {
                return false;
            }

            Append(_print, form.ArgumentsOf(records.Span[Written]));
            Written++;
        }

        return marker.Written == 0 || marker.Print == Text(_print);
    }

    private static string Text(XxHash64 print) =>
        print.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Takes as many records as are good for one part; how many values they have.</summary>
    private int Fill()
    {
        _part.Clear();
        _ahead = _print.Clone();
        int values = 0;
        long bytes = 0;
        while (Written + _part.Count < records.Length && values < MostValues && bytes < MostBytes)
        {
            RedisValue[] record = form.ArgumentsOf(records.Span[Written + _part.Count]);
            _part.Add(record);
            values += record.Length;
            bytes += Append(_ahead, record);
        }

        return values;
    }

    private long Append(XxHash64 print, RedisValue[] record)
    {
        long bytes = 0;
        foreach (RedisValue value in record)
        {
            int length = value.GetByteCount();
            if (_bytes.Length < length)
            {
                _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
            }

            value.CopyTo(_bytes);

            // With its length, so that what lies before a border and behind it cannot change places.
            print.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
            print.Append(_bytes.AsSpan(0, length));
            bytes += length;
        }

        return bytes;
    }
}
