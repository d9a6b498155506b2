using StreamKit.Connectors;

namespace StreamKit.Graph;

/// <summary>A step that brings records out of the pipeline.</summary>
internal interface ISinkNode
{
    /// <summary>What the sink promises about records that are written again.</summary>
    SinkGuarantee Guarantee { get; }
}
