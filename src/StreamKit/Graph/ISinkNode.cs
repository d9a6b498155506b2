namespace StreamKit.Graph;

/// <summary>A step that brings records out of the pipeline.</summary>
internal interface ISinkNode;
