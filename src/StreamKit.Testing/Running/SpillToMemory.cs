using StreamKit.State;

namespace StreamKit.Testing.Running;

/// <summary>Takes spilled state as bytes, so that a run that spills needs no file.</summary>
internal sealed class SpillToMemory : IStateSpill, IStateSpillArea
{
    public IStateSpillArea Open(string job) => this;

    public IStateRunWriter Begin() => new Writer();

    public void Dispose()
    {
        // Nothing is held here.
    }

    private sealed class Writer : IStateRunWriter
    {
        private readonly List<byte[]> _sections = [];

        public void Write(ReadOnlySpan<byte> section) => _sections.Add(section.ToArray());

        public IStateRun Complete() => new Run(_sections);

        public void Dispose()
        {
            // Nothing is held here.
        }
    }

    private sealed class Run(List<byte[]> sections) : IStateRun
    {
        private bool _isGone;

        public long Bytes => sections.Sum(static section => (long)section.Length);

        public int LengthOf(int section) => sections[section].Length;

        public void Read(int section, Span<byte> into)
        {
            ObjectDisposedException.ThrowIf(_isGone, this);
            sections[section].CopyTo(into);
        }

        public void Dispose() => _isGone = true;
    }
}
