namespace StreamKit.Hosting;

/// <summary>What the application does when a pipeline has failed and is not started again.</summary>
public enum FailureReaction
{
    /// <summary>
    /// The application stops in order, and what runs it fails with a <see cref="PipelineFailedException"/>, so that the
    /// process ends with an error and whoever watches it can start it again.
    /// </summary>
    StopHost,

    /// <summary>The application goes on; the pipeline's health check says that it has failed, and why.</summary>
    LeaveUnhealthy,
}
