using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Spill.Tests;

/// <summary>Spills to files until a disk would be full: one section fails, and those after it do not.</summary>
internal sealed class FailingSpill(IStateSpill inner, int failingSection) : IStateSpill
{
    private int _sections;

    public bool HasFailed => _sections >= failingSection;

    public IStateSpillArea Open(string job) => new Area(this, inner.Open(job));

    private sealed class Area(FailingSpill owner, IStateSpillArea inner) : IStateSpillArea
    {
        public IStateRunWriter Begin() => new Writer(owner, inner.Begin());

        public void Dispose() => inner.Dispose();
    }

    private sealed class Writer(FailingSpill owner, IStateRunWriter inner) : IStateRunWriter
    {
        public void Write(ReadOnlySpan<byte> section)
        {
            if (Interlocked.Increment(ref owner._sections) == owner.FailingSection)
            {
                throw new StateException("No space left.");
            }

            inner.Write(section);
        }

        public IStateRun Complete() => inner.Complete();

        public void Dispose() => inner.Dispose();
    }

    private int FailingSection => failingSection;
}
