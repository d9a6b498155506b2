namespace StreamKit.Workloads.Measuring;

/// <summary>What was found about one engine on one workload; numbers are medians over the repetitions.</summary>
internal sealed record Measurement
{
    public required string Workload { get; init; }

    public required string Engine { get; init; }

    public required int Events { get; init; }

    public required double MillionEventsPerSecond { get; init; }

    /// <summary>Of the floor runs that alternated with this engine's; not part of the JSON line.</summary>
    public required double FloorMillionEventsPerSecond { get; init; }

    /// <summary>The engine's speed over the floor's, taken pair by pair.</summary>
    public required double RatioToFloor { get; init; }

    public required double BytesPerEvent { get; init; }

    /// <summary>The most bytes per event that the workload allows for this number of events and lanes.</summary>
    public required double BytesPerEventLimit { get; init; }

    /// <summary>Of the first repetition that differed from the floor, otherwise the common one.</summary>
    public required Checksum Checksum { get; init; }

    /// <summary>Whether every repetition gave the checksum and row count of the floor.</summary>
    public required bool ChecksumEqualsFloor { get; init; }

    public required int Repetitions { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>The least ratio that the gate lets pass.</summary>
    public required double LeastRatio { get; init; }

    public bool IsFastEnough => RatioToFloor >= LeastRatio;

    public bool AllocatesWithinLimit => BytesPerEvent <= BytesPerEventLimit;
}
