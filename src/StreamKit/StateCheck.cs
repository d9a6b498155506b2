using StreamKit.Graph;
using StreamKit.Runtime;
using StreamKit.State;

namespace StreamKit;

/// <summary>Finds what would keep the state of a pipeline from being saved, or from being found again.</summary>
internal static class StateCheck
{
    /// <summary>Each mistake with the name of the step and what to do.</summary>
    public static IReadOnlyList<string> MistakesOf(StreamGraph graph, IReadOnlyList<Subtask> subtasks)
    {
        var mistakes = new List<string>();
        string[] names = [.. subtasks.SelectMany(static subtask => subtask.State.Names).Distinct()];
        foreach (StreamNode node in graph.Nodes.Where(node => node.GivenName is null && IsStateful(node, names)))
        {
            mistakes.Add(node is ISourceNode or ISinkNode
                ? $"'{node.Name}' has a position that is saved with each checkpoint and must be found again when the "
                    + "pipeline has changed: give it a name of its own, the second argument of From or To."
                : $"'{node.Name}' remembers something that is saved with each checkpoint and must be found again when "
                    + "the pipeline has changed: give it a name of its own with Named.");
        }

        mistakes.AddRange(subtasks.SelectMany(static subtask => subtask.State.FindMissing()).Distinct()
            .Select(static missing => $"'{missing.Name}' remembers values of {missing.Missing}, which nothing can "
                + "write: register a serializer for it in CheckpointOptions.Types (Use, UseJson), or mark the type "
                + "with MessagePackObject."));
        mistakes.AddRange(subtasks.SelectMany(static subtask => subtask.State.UnstableKeys).Distinct()
            .Select(static unstable => $"'{unstable.Step}' parts records by {unstable.Key}, whose hash is another in "
                + "each process, so that state could not be found again: use text, a number, a date, a Guid, an enum "
                + "or a tuple of two or three such values as the key."));
        return mistakes;
    }

    /// <summary>What keeps state from leaving memory, with what to do.</summary>
    public static IReadOnlyList<string> MistakesOf(StateSpace space) =>
    [
        .. space.Missing.Select(static missing => $"'{missing.Name}' has state that may have to leave memory, with "
            + $"values of {missing.Type}, which nothing can write: register a serializer for it in StateLimits.Types "
            + "or, where the job takes checkpoints, in CheckpointOptions.Types, or mark the type with "
            + "MessagePackObject."),
    ];

    private static bool IsStateful(StreamNode node, string[] names) =>
        names.Any(name => name == node.Name || name.StartsWith(node.Name + "/", StringComparison.Ordinal));
}
