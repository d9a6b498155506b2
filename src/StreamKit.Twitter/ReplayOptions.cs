namespace StreamKit.Twitter;

/// <summary>How a recorded file is read.</summary>
public sealed record ReplayOptions
{
    /// <summary>
    /// How long a line may be, in bytes without its line end. A longer one is reported to the job's error policy with
    /// its first 1,024 bytes and passed over, so that no file can fill the memory. From 1 to 1 GiB. Default: 1 MiB;
    /// recorded posts take up to 25 KiB, a search page some 400 KiB.
    /// </summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How many bytes are read at once; a packed file has a second buffer of this size. From 1 KiB to 16 MiB. Default:
    /// 128 KiB, which holds some dozens of posts.
    /// </summary>
    public int BufferBytes { get; init; } = 1 << 17;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxLineBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 1 << 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BufferBytes, 1 << 24);
    }
}
