namespace StreamKit.Hosting;

/// <summary>How a pipeline of an application stands.</summary>
public enum PipelineState
{
    /// <summary>The application has not started it yet.</summary>
    Waiting,

    /// <summary>It runs, or is about to be started again after a failure.</summary>
    Running,

    /// <summary>The application stops, and the pipeline finishes what is under way.</summary>
    Stopping,

    /// <summary>It was stopped with the application, by its own way of stopping.</summary>
    Stopped,

    /// <summary>It was stopped with the application, and aborted because it took too long.</summary>
    Aborted,

    /// <summary>Its sources have ended, or it was stopped by a program.</summary>
    Ended,

    /// <summary>It failed, and is not started again.</summary>
    Failed,
}
