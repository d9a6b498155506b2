using System.Globalization;

namespace StreamKit.Kafka.Rebalance;

/// <summary>What was done to the group, and how it fared.</summary>
public sealed record RebalanceReport
{
    /// <summary>How often a member came.</summary>
    public int Joins { get; init; }

    /// <summary>How often a member left in order.</summary>
    public int Leaves { get; init; }

    /// <summary>How often a member was killed, and started again.</summary>
    public int Kills { get; init; }

    /// <summary>How often a partition was given to a member.</summary>
    public int Assigned { get; init; }

    /// <summary>How often a partition was handed over while it was being read.</summary>
    public int HandedOver { get; init; }

    /// <summary>How often a job failed and went on from its checkpoint by itself.</summary>
    public int Restarts { get; init; }

    /// <summary>How many records were written.</summary>
    public long Records { get; init; }

    /// <summary>How many were counted.</summary>
    public long Counted { get; init; }

    /// <summary>How many of these were late where their partition went.</summary>
    public long Late { get; init; }

    /// <summary>How many were counted too often.</summary>
    public long TooMany { get; init; }

    /// <summary>How many were not counted.</summary>
    public long TooFew { get; init; }

    /// <summary>The most records that were written and not committed.</summary>
    public long MostLag { get; init; }

    /// <summary>How long it all took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Whether every record was counted once.</summary>
    public bool IsRight => TooMany == 0 && TooFew == 0 && Counted == Records;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsRight ? "RIGHT" : "WRONG")}: {Joins + Leaves + Kills} rebalances ({Joins} joins, {Leaves} leaves, "
        + $"{Kills} kills), {Assigned} partitions given, {HandedOver} handed over, {Restarts} jobs restarted; "
        + $"{Records} records written, {Counted} counted ({Late} late), {TooMany} too many, {TooFew} too few; "
        + $"lag at most {MostLag}; {Time.TotalSeconds:0.0} s");
}
