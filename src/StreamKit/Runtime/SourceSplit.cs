using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>A split that is being read, and whether it may be read further.</summary>
internal sealed class SourceSplit(string source, string split, WakeUp reader) : SplitOrigin(source, split)
{
    private AlignmentMember[] _members = [];

    /// <summary>The groups that the split belongs to, one for each event-time step behind it that aligns.</summary>
    public IReadOnlyList<AlignmentMember> Members => Volatile.Read(ref _members);

    /// <summary>Makes the split a member of a group; called under the group's lock.</summary>
    public void Join(AlignmentMember member)
    {
        AlignmentMember[] seen, joined;
        do
        {
            // Several steps behind one source may join from subtasks of their own.
            seen = Volatile.Read(ref _members);
            joined = [.. seen, member];
        }
        while (Interlocked.CompareExchange(ref _members, joined, seen) != seen);
    }

    /// <summary>
    /// Whether the split is too far ahead of the others of some group; then the reader is woken once it no longer is.
    /// </summary>
    public bool IsHeld()
    {
        foreach (AlignmentMember member in Volatile.Read(ref _members))
        {
            if (member.IsHeld())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets the reader look again.</summary>
    public void WakeReader() => reader.Signal();
}
