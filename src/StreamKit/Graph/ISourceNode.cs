using StreamKit.Connectors;

namespace StreamKit.Graph;

/// <summary>A source whose record type is not written down.</summary>
internal interface ISourceNode
{
    /// <summary>How far the source can be read again.</summary>
    Replayability Replayability { get; }

    void Accept(ISourceVisitor visitor);
}
