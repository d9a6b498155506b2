using StreamKit.Connectors;

namespace StreamKit.Graph;

/// <summary>Where records come from.</summary>
internal sealed class SourceNode<T>(ISource<T> source) : RecordsNode<T>("source"), ISourceNode
{
    public ISource<T> Source { get; } = source;

    public Replayability Replayability => Source.Replayability;

    public override bool HasEventTime => false;

    public void Accept(ISourceVisitor visitor) => visitor.Visit(this);
}
