using StreamKit.Operators;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>One split in a group; see <see cref="AlignmentGroup"/> for who may do what.</summary>
internal sealed class AlignmentMember(AlignmentGroup group, SourceSplit? split, long driftTicks) : AlignedSplit
{
    private long _watermark = long.MinValue;

    public SourceSplit? Split { get; } = split;

    public string Group => group.Name;

    /// <summary>How far the split has come; written under the group's lock, read by anybody.</summary>
    public long Watermark
    {
        get => Volatile.Read(ref _watermark);
        set => Volatile.Write(ref _watermark, value);
    }

    /// <summary>Whether the split is silent and holds nobody; under the group's lock.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Whether the reader waits to be woken; under the group's lock.</summary>
    public bool IsWaitedFor { get; set; }

    public override void Report(long watermark, bool isIdle) => group.Report(this, watermark, isIdle);

    public override void Leave() => group.Leave(this);

    /// <summary>Whether the split may not be read now; called by its reader.</summary>
    public bool IsHeld() => IsAhead(group.Slowest) && group.HoldOrLetGo(this);

    /// <summary>Whether the split is too far ahead of the slowest.</summary>
    public bool IsAhead(long slowest) => Watermark > TickMath.Add(slowest, driftTicks);
}
