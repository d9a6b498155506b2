namespace StreamKit.Hosting;

/// <summary>How a pipeline of an application runs, stops and is watched.</summary>
/// <remarks>
/// The simple values can also be set in the configuration, in the section "StreamKit:Pipelines:NAME", under the names
/// that they have here. All are checked when the application starts.
/// </remarks>
public sealed class PipelineOptions
{
    /// <summary>How many lanes work on the keys. From 1 to 128. Default: null, the number of processors.</summary>
    public int? Parallelism { get; set; }

    /// <summary>How many records travel together at most. From 1 to 65,536. Default: null, 1,024.</summary>
    public int? BatchSize { get; set; }

    /// <summary>How many batches and signals wait in a channel at most. From 1. Default: null, 16.</summary>
    public int? ChannelCapacity { get; set; }

    /// <summary>
    /// Where checkpoints are kept, in a directory that several pipelines may share. Default: null, none are taken
    /// unless <see cref="ConfigureJob"/> says otherwise.
    /// </summary>
    public string? CheckpointDirectory { get; set; }

    /// <summary>
    /// From the beginning of one checkpoint in <see cref="CheckpointDirectory"/> to the beginning of the next. Above
    /// zero. Default: 30 seconds.
    /// </summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How the job is started again after a failure, within the application. Needs checkpoints. Default: null, which is
    /// <see cref="RestartStrategy.Default"/> with checkpoints and <see cref="RestartStrategy.None"/> without. In the
    /// configuration: "Default" or "None".
    /// </summary>
    public RestartStrategy? Restart { get; set; }

    /// <summary>
    /// What the application does when the job has failed and is not started again. Default:
    /// <see cref="FailureReaction.StopHost"/>, because a pipeline that stands still unseen is worse than a process that
    /// is started again.
    /// </summary>
    public FailureReaction OnFailure { get; set; }

    /// <summary>
    /// How the job stops when the application does. Default: null, which is <see cref="StopMode.Checkpoint"/> where it
    /// takes checkpoints, so that the next start goes on, and <see cref="StopMode.Drain"/> where it does not. A job
    /// with checkpoints that is drained is finished: the next start ends at once.
    /// </summary>
    public StopMode? Stop { get; set; }

    /// <summary>
    /// How long it may take to stop; then the job is aborted. Keep it below the host's <c>ShutdownTimeout</c>, of which
    /// the default is 30 seconds; where that ends first, the job is aborted then. Above zero. Default: 20 seconds.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What the pipeline's health check takes for sick.</summary>
    public PipelineHealthOptions Health { get; } = new();

    /// <summary>
    /// Changes what was made of these options, with the application's services at hand: error policies, stores of
    /// checkpoints, limits of state. Default: null, nothing.
    /// </summary>
    /// <example><code>
    /// options.ConfigureJob = (services, job) => job with { OnError = ErrorPolicy.Skip };
    /// </code></example>
    public Func<IServiceProvider, JobOptions, JobOptions>? ConfigureJob { get; set; }

    /// <summary>What in the configuration could not be read, to be told with all other mistakes.</summary>
    internal List<string> Unreadable { get; } = [];
}
