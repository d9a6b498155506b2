namespace StreamKit.Http;

/// <summary>What an ingest accepts, and how much.</summary>
public sealed record HttpIngestOptions
{
    /// <summary>How many records may wait for the pipeline, 1 to 10,000,000. Default: 65,536.</summary>
    public int QueueCapacity { get; init; } = 65_536;

    /// <summary>
    /// How many bytes of JSON may be held at a time: bodies that are being read, and those of the records that wait.
    /// Bounds memory however many clients there are. At least four times <see cref="MaxRequestBytes"/>, because a body
    /// is copied while it grows. Default: 64 MiB.
    /// </summary>
    public long MaxHeldBytes { get; init; } = 64 << 20;

    /// <summary>
    /// How long a body may be, in bytes, after decompression where the program decompresses; a longer one is answered
    /// with 413. From 1 KiB to 1 GiB. Default: 1 MiB.
    /// </summary>
    public int MaxRequestBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How many records a request may bring; one with more is answered with 413. From 1 to <see cref="QueueCapacity"/>,
    /// because a request is accepted as a whole. Default: null, 10,000 or the queue's capacity where that is less.
    /// </summary>
    public int? MaxRequestRecords { get; init; }

    /// <summary>What happens to a request with something in it that is no record. Default: it is rejected.</summary>
    public MalformedRecords Malformed { get; init; } = MalformedRecords.RejectRequest;

    /// <summary>
    /// After how long a client that was answered with 429 or 503 is asked to try again, in whole seconds, 1 second to 1
    /// hour. Default: 1 second.
    /// </summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    internal int MostRecords => MaxRequestRecords ?? Math.Min(10_000, QueueCapacity);

    internal HttpIngestOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, 10_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequestBytes, 1 << 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRequestBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeldBytes, 4L * MaxRequestBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequestRecords ?? 1, 1, nameof(MaxRequestRecords));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            MaxRequestRecords ?? 1, QueueCapacity, nameof(MaxRequestRecords));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryAfter, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RetryAfter, TimeSpan.FromHours(1));
        return Enum.IsDefined(Malformed)
            ? this
            : throw new ArgumentOutOfRangeException(nameof(Malformed), Malformed, "This is no way that there is.");
    }
}
