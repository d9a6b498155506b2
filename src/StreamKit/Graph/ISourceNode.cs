namespace StreamKit.Graph;

/// <summary>A source whose record type is not written down.</summary>
internal interface ISourceNode
{
    void Accept(ISourceVisitor visitor);
}
