using System.Globalization;

namespace StreamKit.Crash;

/// <summary>What was done to the program, and how it fared; every comparison came out right.</summary>
public sealed record CrashReport
{
    /// <summary>How often the program was killed.</summary>
    public int Kills { get; init; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; init; }

    /// <summary>How often it went on from a checkpoint.</summary>
    public int Restores { get; init; }

    /// <summary>How often the work was done from the beginning to the end.</summary>
    public int Rounds { get; init; }

    /// <summary>How many bytes of output were compared in the end of the rounds.</summary>
    public long Bytes { get; init; }

    /// <summary>How long it all took.</summary>
    public TimeSpan Time { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills, {Starts} starts, {Restores} restored from a checkpoint, {Rounds} rounds, "
        + $"{Bytes} bytes the same, {Time.TotalSeconds:0.0} s");
}
