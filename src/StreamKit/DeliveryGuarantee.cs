using StreamKit.Connectors;

namespace StreamKit;

/// <summary>What a job promises about the records of one source in one sink, whatever fails.</summary>
public sealed class DeliveryGuarantee
{
    internal DeliveryGuarantee(string source, string sink, SinkGuarantee? kept, string explanation) =>
        (Source, Sink, Kept, Explanation) = (source, sink, kept, explanation);

    /// <summary>The name of the source.</summary>
    public string Source { get; }

    /// <summary>The name of the sink.</summary>
    public string Sink { get; }

    /// <summary>What is kept; null where a failure loses records.</summary>
    public SinkGuarantee? Kept { get; }

    /// <summary>The same in words, with what it depends on.</summary>
    public string Explanation { get; }

    /// <summary>Source, sink and what is promised, in words.</summary>
    public override string ToString() => $"'{Source}' to '{Sink}': {Explanation}";
}
