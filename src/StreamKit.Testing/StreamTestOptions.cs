namespace StreamKit.Testing;

/// <summary>How a <see cref="StreamTest"/> runs a pipeline.</summary>
public sealed record StreamTestOptions
{
    /// <summary>
    /// The unit of the numbers by which a test gives event time, counted from 1970. Default: one second.
    /// </summary>
    public TimeSpan Unit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether watermarks come from the pipeline's own strategies. Default: false, the test gives them; then
    /// <c>WithEventTime</c> only says the time of records that are pushed without one.
    /// </summary>
    public bool GenerateWatermarks { get; init; }

    /// <summary>
    /// The numbers of lanes on which every script is replayed; each from 1 to 128. Default: 1 and 3. Leave only 1 where
    /// the result depends on the order between keys, such as rankings of windows that accept late records.
    /// </summary>
    public IReadOnlyList<int> Lanes { get; init; } = [1, 3];

    /// <summary>How many records a batch holds at most, from 1. Default: 1,024, as in a job.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>The seed of the places where replays cut batches. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many replays cut batches at random. Default: 2.</summary>
    public int RandomReplays { get; init; } = 2;

    /// <summary>Processing time when the test begins. Default: 1970-01-01T00:00Z.</summary>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;
}
