namespace StreamKit;

/// <summary>A pipeline is written wrongly; found when it is built, before anything runs.</summary>
public sealed class PipelineException : Exception
{
    internal PipelineException(string pipeline, IReadOnlyList<string> mistakes)
        : base(
            $"Pipeline '{pipeline}' cannot run:"
            + string.Concat(mistakes.Select(static mistake => $"{Environment.NewLine}- {mistake}"))) =>
        Mistakes = mistakes;

    /// <summary>Every mistake, each with the name of the step and what to do.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
