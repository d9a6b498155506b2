namespace StreamKit.Hosting;

/// <summary>An application was stopped because a pipeline failed.</summary>
public sealed class PipelineFailedException : Exception
{
    internal PipelineFailedException(string pipeline, Exception inner)
        : base($"The application was stopped because the pipeline '{pipeline}' failed: {inner.Message}", inner) =>
        Pipeline = pipeline;

    /// <summary>The pipeline's name.</summary>
    public string Pipeline { get; }
}
