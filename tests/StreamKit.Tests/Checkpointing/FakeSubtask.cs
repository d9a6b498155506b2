using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>A subtask that notes what it is told.</summary>
internal sealed class FakeSubtask(string stage, bool startsBarriers, bool commits, int lane = 0) : ICheckpointed
{
    public string Stage => stage;

    public int Lane => lane;

    public bool StartsBarriers => startsBarriers;

    public bool Commits => commits;

    /// <summary>The checkpoints that it was asked for.</summary>
    public List<long> Asked { get; } = [];

    /// <summary>Whether the last of them is the last of all.</summary>
    public bool IsLast { get; private set; }

    /// <summary>The checkpoints that it was told to be complete.</summary>
    public List<long> Completed { get; } = [];

    public void Trigger(long checkpoint, bool isLast)
    {
        Assert.True(startsBarriers, "barriers begin at sources");
        Asked.Add(checkpoint);
        IsLast = isLast;
    }

    public void Complete(long checkpoint) => Completed.Add(checkpoint);

    public SubtaskSnapshot Snapshot(bool isFinished) =>
        new(stage, lane, Lanes: 8) { Operators = [], IsFinished = isFinished };
}
