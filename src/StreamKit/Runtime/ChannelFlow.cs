using System.Runtime.InteropServices;

namespace StreamKit.Runtime;

/// <summary>
/// How much has gone into one channel and come out of it, to be looked at without touching the channel.
/// </summary>
/// <remarks>
/// Who looks again and again would otherwise take the channel's lock each time, against the side that is at work. Each
/// number is written by one side only, and lies on a cache line of its own.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal sealed class ChannelFlow
{
    [FieldOffset(64)]
    private long _written;

    [FieldOffset(128)]
    private long _read;

    /// <summary>How many batches and signals are in the channel, or were a moment ago.</summary>
    public long Depth => Volatile.Read(ref _written) - Volatile.Read(ref _read);

    public void Wrote() => Volatile.Write(ref _written, _written + 1);

    public void Read() => Volatile.Write(ref _read, _read + 1);
}
