using StreamKit.Connectors;
using StreamKit.Graph;

namespace StreamKit;

/// <summary>Finds what a job promises for each source and each sink that its records come to.</summary>
internal static class GuaranteeCheck
{
    private const string Replaced =
        "every result is there once: one that is written again after a failure replaces itself";

    /// <summary>What is promised, sink by sink in the order in which they were written.</summary>
    public static IReadOnlyList<DeliveryGuarantee> Of(StreamGraph graph, bool takesCheckpoints) =>
    [
        .. from sink in graph.Nodes
           where sink is ISinkNode
           from source in SourcesOf(sink)
           select Of(source, sink, takesCheckpoints),
    ];

    /// <summary>Each pair that promises less, with what to do.</summary>
    public static IReadOnlyList<string> MistakesOf(StreamGraph graph, SinkGuarantee required) =>
    [
        .. from sink in graph.Nodes
           where sink is ISinkNode
           from source in SourcesOf(sink)
           let guarantee = Of(source, sink, takesCheckpoints: true)
           where guarantee.Kept is null || guarantee.Kept < required
           select $"CheckpointOptions.Require asks for {NameOf(required)}, but from {guarantee}. "
               + CureOf(source, sink, required),
    ];

    private static DeliveryGuarantee Of(StreamNode source, StreamNode sink, bool takesCheckpoints)
    {
        SinkGuarantee promised = ((ISinkNode)sink).Guarantee;
        Replayability replay = ((ISourceNode)source).Replayability;
        if (!takesCheckpoints)
        {
            return Say(null, "nothing is promised after a failure, because the job takes no checkpoints");
        }

        if (replay == Replayability.None)
        {
            const string Lost =
                "what was read since the last checkpoint is lost after a failure, "
                + "because the source cannot be read again; ";
            return Say(null, Lost + (promised == SinkGuarantee.AtLeastOnce
                ? "what was written since then may be there twice"
                : "nothing is there twice"));
        }

        string words = promised switch
        {
            SinkGuarantee.ExactlyOnce => "every result is there exactly once",
            SinkGuarantee.Idempotent => Replaced,
            _ => "no result is missing; what was written since the last checkpoint is there twice after a failure",
        };
        return Say(promised, replay == Replayability.Full
            ? words
            : words + ", as long as the source still has what it gave since the last checkpoint");

        DeliveryGuarantee Say(SinkGuarantee? kept, string text) => new(source.Name, sink.Name, kept, text);
    }

    private static string CureOf(StreamNode source, StreamNode sink, SinkGuarantee required)
    {
        if (((ISourceNode)source).Replayability == Replayability.None)
        {
            return $"Let '{source.Name}' be a source that can be read again, such as files or a log that is written "
                + "first, or leave Require out.";
        }

        string which = required == SinkGuarantee.ExactlyOnce
            ? "that commits with checkpoints, such as files with FileSinkOptions.ExactlyOnce"
            : "that upserts, or commits with checkpoints";
        return $"Let '{sink.Name}' be a sink {which}, or require less.";
    }

    private static string NameOf(SinkGuarantee guarantee) => guarantee switch
    {
        SinkGuarantee.ExactlyOnce => "exactly once",
        SinkGuarantee.Idempotent => "results that replace themselves",
        _ => "at least once",
    };

    private static IEnumerable<StreamNode> SourcesOf(StreamNode sink)
    {
        var open = new Queue<StreamNode>([sink]);
        var seen = new HashSet<StreamNode>();
        while (open.TryDequeue(out StreamNode? node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node is ISourceNode)
            {
                yield return node;
            }

            foreach (StreamNode origin in node.Origins)
            {
                open.Enqueue(origin);
            }
        }
    }
}
