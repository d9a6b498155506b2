using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>
/// Splits, of any sources of one job, of which none is read while it is too far ahead of the slowest.
/// </summary>
/// <remarks>
/// <para>
/// One object per job and name of a group. Event-time steps report how far their splits are, from their own subtasks;
/// the readers of the splits ask before each read whether they may, from theirs. One lock guards the state; it is held
/// for a pass over the members at most, and never while anything is awaited or an operator is called. Nobody waits on
/// the group itself: a reader that may not read goes to sleep as if nothing had come, and is woken through its
/// <see cref="WakeUp"/>.
/// </para>
/// <para>
/// The slowest is the lowest watermark of the members that are not idle. A step that has not announced its splits yet
/// holds as a member that knows nothing would, or a source that opens early would run away from one that opens late.
/// While the slowest moves, no two members hold each other: the slowest itself is never held, so whatever it waits for
/// lies outside the group.
/// </para>
/// </remarks>
internal sealed class AlignmentGroup(string name)
{
    private readonly Lock _lock = new();
    private readonly List<AlignmentMember> _members = [];
    private int _unannounced;
    private long _slowest = long.MaxValue;

    public string Name { get; } = name;

    /// <summary>
    /// The watermark of the slowest member; <see cref="long.MaxValue"/> where nobody holds, so that all may be read.
    /// </summary>
    public long Slowest => Volatile.Read(ref _slowest);

    /// <summary>Takes in an event-time step; before the job runs.</summary>
    public SplitAlignment Open(long driftTicks)
    {
        lock (_lock)
        {
            _unannounced++;
            Update();
        }

        return new Step(this, driftTicks);
    }

    /// <summary>The member that holds the others now; null where none does.</summary>
    public AlignmentMember? FindSlowest()
    {
        lock (_lock)
        {
            return _members.Where(static member => !member.IsIdle).MinBy(static member => member.Watermark);
        }
    }

    /// <summary>Whether a split is a member that may not be read now.</summary>
    public bool Holds(string source, string split)
    {
        lock (_lock)
        {
            return _members.Any(member => member.Split is { } own
                && own.Source == source && own.Split == split && member.IsAhead(_slowest));
        }
    }

    public void Report(AlignmentMember member, long watermark, bool isIdle)
    {
        lock (_lock)
        {
            // One that is ahead of the slowest, and stays so, changes nothing for the others.
            bool decides = member.IsIdle != isIdle || member.Watermark <= _slowest || watermark < _slowest;
            member.Watermark = Math.Max(member.Watermark, watermark);
            member.IsIdle = isIdle;
            if (decides)
            {
                Update();
            }
        }
    }

    public void Leave(AlignmentMember member)
    {
        lock (_lock)
        {
            _members.Remove(member);
            member.Watermark = long.MinValue; // It is held no more, whoever still asks.
            if (member.IsWaitedFor)
            {
                member.IsWaitedFor = false;
                member.Split?.WakeReader();
            }

            Update();
        }
    }

    /// <summary>Whether the member is still ahead; then its reader is woken once it no longer is.</summary>
    public bool HoldOrLetGo(AlignmentMember member)
    {
        lock (_lock)
        {
            member.IsWaitedFor = member.IsAhead(_slowest);
            return member.IsWaitedFor;
        }
    }

    private AlignmentMember Add(SplitOrigin origin, long driftTicks)
    {
        lock (_lock)
        {
            var member = new AlignmentMember(this, origin as SourceSplit, driftTicks);
            member.Split?.Join(member);
            _members.Add(member);
            Update();
            return member;
        }
    }

    private void Announced()
    {
        lock (_lock)
        {
            _unannounced--;
            Update();
        }
    }

    private void Update()
    {
        long slowest = _unannounced > 0 ? long.MinValue : long.MaxValue;
        foreach (AlignmentMember member in _members)
        {
            if (!member.IsIdle)
            {
                slowest = Math.Min(slowest, member.Watermark);
            }
        }

        if (slowest == _slowest)
        {
            return;
        }

        Volatile.Write(ref _slowest, slowest);
        foreach (AlignmentMember member in _members)
        {
            if (member.IsWaitedFor && !member.IsAhead(slowest))
            {
                member.IsWaitedFor = false;
                member.Split?.WakeReader();
            }
        }
    }

    private sealed class Step(AlignmentGroup group, long driftTicks) : SplitAlignment
    {
        private bool _announced;

        public override AlignedSplit Add(SplitOrigin origin) => group.Add(origin, driftTicks);

        public override void Started()
        {
            if (!_announced)
            {
                _announced = true;
                group.Announced();
            }
        }
    }
}
