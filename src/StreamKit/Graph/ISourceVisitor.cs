namespace StreamKit.Graph;

/// <summary>Is told a source with its record type.</summary>
internal interface ISourceVisitor
{
    void Visit<T>(SourceNode<T> source);
}
