using StreamKit.State;

namespace StreamKit.Tests.Operators;

/// <summary>Takes spilled state as bytes, and counts the runs.</summary>
internal sealed class SpillLog : IStateSpill, IStateSpillArea
{
    /// <summary>How many runs there are.</summary>
    public int Runs { get; private set; }

    /// <summary>How many runs there have been.</summary>
    public int Written { get; private set; }

    public IStateSpillArea Open(string job) => this;

    public IStateRunWriter Begin() => new Writer(this);

    public void Dispose()
    {
        // What is left is counted.
    }

    private sealed class Writer(SpillLog log) : IStateRunWriter
    {
        private readonly List<byte[]> _sections = [];

        public void Write(ReadOnlySpan<byte> section) => _sections.Add(section.ToArray());

        public IStateRun Complete()
        {
            log.Runs++;
            log.Written++;
            return new Run(log, _sections);
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private sealed class Run(SpillLog log, List<byte[]> sections) : IStateRun
    {
        private bool _isGone;

        public long Bytes => sections.Sum(static section => section.Length);

        public int LengthOf(int section) => sections[section].Length;

        public void Read(int section, Span<byte> into)
        {
            ObjectDisposedException.ThrowIf(_isGone, this);
            sections[section].CopyTo(into);
        }

        public void Dispose()
        {
            ObjectDisposedException.ThrowIf(_isGone, this);
            _isGone = true;
            log.Runs--;
        }
    }
}
