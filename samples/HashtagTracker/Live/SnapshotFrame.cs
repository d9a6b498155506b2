using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HashtagTracker.Live;

/// <summary>A snapshot as the bytes of a server-sent event, made once and shared by all clients.</summary>
internal sealed class SnapshotFrame
{
    public SnapshotFrame(long id, DashboardSnapshot snapshot)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(snapshot, SnapshotJson.Default.DashboardSnapshot);
        byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\ndata: "));
        byte[] bytes = [.. head, .. json, (byte)'\n', (byte)'\n'];
        Id = id;
        Event = bytes;
        Json = bytes.AsMemory(head.Length, json.Length);
    }

    /// <summary>Counts the frames from 1.</summary>
    public long Id { get; }

    /// <summary>The whole event, its closing blank line included.</summary>
    public ReadOnlyMemory<byte> Event { get; }

    /// <summary>The snapshot alone.</summary>
    public ReadOnlyMemory<byte> Json { get; }
}
