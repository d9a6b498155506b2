namespace StreamKit.Twitter;

/// <summary>What became of rules that were to be added, checked or deleted.</summary>
public sealed class RuleChange
{
    internal RuleChange()
    {
    }

    /// <summary>The rules that were added, or that would have been; empty for a deletion.</summary>
    public IReadOnlyList<StreamRule> Rules { get; internal init; } = [];

    /// <summary>How many were added; of a check, how many would have been.</summary>
    public int Created { get; internal init; }

    /// <summary>How many were not added, because they are there or are not valid.</summary>
    public int NotCreated { get; internal init; }

    /// <summary>How many were deleted.</summary>
    public int Deleted { get; internal init; }

    /// <summary>How many were not deleted, as there is no such rule.</summary>
    public int NotDeleted { get; internal init; }

    /// <summary>What is wrong with those that were refused; empty where none was.</summary>
    public IReadOnlyList<StreamProblem> Problems { get; internal init; } = [];
}
