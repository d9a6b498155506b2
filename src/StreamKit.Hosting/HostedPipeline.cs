using Microsoft.Extensions.Logging;

namespace StreamKit.Hosting;

/// <summary>A pipeline of an application: how it stands, and its job.</summary>
/// <remarks>All members may be called by any thread.</remarks>
public sealed class HostedPipeline
{
    private static readonly TimeSpan s_abortPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(100);

    private readonly PipelineDefinition _definition;
    private readonly Lazy<PipelineOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private StreamPipeline? _pipeline;
    private JobOptions _jobOptions = new();
    private StreamJob? _job;
    private PipelineState _state;
    private Exception? _failure;
    private Task _watch = Task.CompletedTask;

    internal HostedPipeline(
        PipelineDefinition definition, Func<PipelineOptions> options, TimeProvider clock, ILogger logger)
    {
        (_definition, _options, _clock, _logger) = (definition, new Lazy<PipelineOptions>(options), clock, logger);
        Name = definition.Name;
    }

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    /// <summary>How it stands.</summary>
    public PipelineState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Its job, also when that has ended; null while it has not been started.</summary>
    public StreamJob? Job => Volatile.Read(ref _job);

    /// <summary>Why it failed; null where it did not.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    // Read late: the host makes its services before it checks the options of all of them together.
    internal PipelineOptions Options => _options.Value;

    /// <summary>How its job runs, as of the start of the application.</summary>
    internal JobOptions JobOptions => _jobOptions;

    /// <summary>When the job was started, by its clock.</summary>
    internal DateTimeOffset StartedAt { get; private set; }

    private StopMode StopMode =>
        Options.Stop ?? (_jobOptions.Checkpoints is null ? StopMode.Drain : StopMode.Checkpoint);

    private string? NeedsCheckpoints =>
        Options.Stop == StopMode.Checkpoint ? "Stop is Checkpoint"
        : _jobOptions.Restart is { } restart && restart != RestartStrategy.None ? "Restart is not None"
        : null;

    /// <summary>Writes the pipeline down and checks it; nothing runs yet.</summary>
    internal void Build(IServiceProvider services, ILoggerFactory loggers)
    {
        _jobOptions = JobOptionsOf(services, loggers);
        if (_jobOptions.Checkpoints is null && NeedsCheckpoints is { } option)
        {
            throw new InvalidOperationException(
                $"{option}, but the job takes no checkpoints: set CheckpointDirectory.");
        }

        StreamBuilder builder = StreamBuilder.Create(Name);
        _definition.Build(services, builder);
        _pipeline = builder.Build();
    }

    /// <summary>Starts the job.</summary>
    /// <param name="onFailure">Called when it has failed and the application is to stop.</param>
    internal void Start(Action onFailure)
    {
        StreamPipeline pipeline = _pipeline ?? throw new InvalidOperationException("It has not been built.");
        StartedAt = _jobOptions.Clock.GetUtcNow();
        StreamJob job = pipeline.Start(_jobOptions);
        lock (_lock)
        {
            Volatile.Write(ref _job, job);
            _state = PipelineState.Running;
        }

        _watch = WatchAsync(job, onFailure);
    }

    /// <summary>Stops the job in its own way, and aborts it when its time or the host's is over.</summary>
    internal async Task StopAsync(CancellationToken hostDeadline)
    {
        if (Job is not { } job)
        {
            return;
        }

        bool isRunning;
        lock (_lock)
        {
            isRunning = _state == PipelineState.Running && !job.Completion.IsCompleted;
            if (isRunning)
            {
                _state = PipelineState.Stopping;
            }
        }

        if (isRunning)
        {
            await StopRunningAsync(job, hostDeadline).ConfigureAwait(false);
        }

        if (job.Completion.IsCompleted)
        {
            await _watch.ConfigureAwait(false);
            await job.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task StopRunningAsync(StreamJob job, CancellationToken hostDeadline)
    {
        Log.Stopping(_logger, Name, StopMode, Options.StopTimeout);
        long began = _clock.GetTimestamp();
        using var own = new CancellationTokenSource(Options.StopTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(own.Token, hostDeadline);
        try
        {
            await StopInOrderAsync(job, either.Token).ConfigureAwait(false);
            Log.Stopped(_logger, Name, StopMode, _clock.GetElapsedTime(began));
        }
        catch (Exception) when (job.Completion.IsFaulted)
        {
            // The one who watches tells it.
        }
        catch (Exception exception)
        {
            string why = hostDeadline.IsCancellationRequested ? "the host's time to shut down is over"
                : own.IsCancellationRequested ? "its StopTimeout is over"
                : exception.Message;
            await AbortAsync(job, why).ConfigureAwait(false);
        }
    }

    // A job that is just starting, or starting again, takes no checkpoint yet; it is asked again when it may.
    private async Task StopInOrderAsync(StreamJob job, CancellationToken deadline)
    {
        while (true)
        {
            try
            {
                await job.StopAsync(StopMode, deadline).ConfigureAwait(false);
                return;
            }
            catch (InvalidOperationException) when (!job.Completion.IsFaulted)
            {
                Task pause = Task.Delay(s_betweenTries, _clock, deadline);
                await Task.WhenAny(job.Completion, pause).ConfigureAwait(false);
                deadline.ThrowIfCancellationRequested();
            }
        }
    }

    // Code of the user may not listen; the host is not to wait for it for ever.
    private async Task AbortAsync(StreamJob job, string why)
    {
        lock (_lock)
        {
            _state = PipelineState.Aborted;
        }

        string kept = _jobOptions.Checkpoints is null ? "what was under way is lost"
            : job.GetCheckpointStatus().Last is { } last ? $"the next start goes on from {last}"
            : "the next start begins where this one did";
        Log.Aborting(_logger, Name, StopMode, why, kept);
        using var patience = new CancellationTokenSource(s_abortPatience, _clock);
        try
        {
            await job.StopAsync(StopMode.Abort, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Log.DoesNotEnd(_logger, Name, s_abortPatience);
        }
        catch (Exception) when (job.Completion.IsFaulted)
        {
            // The one who watches tells it.
        }
    }

    private async Task WatchAsync(StreamJob job, Action onFailure)
    {
        try
        {
            await job.Completion.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Fail(failure, onFailure);
            return;
        }

        lock (_lock)
        {
            _state = _state switch
            {
                PipelineState.Running => PipelineState.Ended,
                PipelineState.Stopping => PipelineState.Stopped,
                var aborted => aborted,
            };
            if (_state != PipelineState.Ended)
            {
                return;
            }
        }

        Log.Ended(_logger, Name);
    }

    private void Fail(Exception failure, Action onFailure)
    {
        lock (_lock)
        {
            Volatile.Write(ref _failure, failure);
            _state = PipelineState.Failed;
        }

        if (Options.OnFailure == FailureReaction.StopHost)
        {
            Log.FailedAndStopsHost(_logger, Name, failure);
            onFailure();
        }
        else
        {
            Log.FailedAndStaysDown(_logger, Name, failure);
        }
    }

    private JobOptions JobOptionsOf(IServiceProvider services, ILoggerFactory loggers)
    {
        var job = new JobOptions { Clock = _clock, Loggers = loggers, Restart = Options.Restart };
        job = job with
        {
            Parallelism = Options.Parallelism ?? job.Parallelism,
            BatchSize = Options.BatchSize ?? job.BatchSize,
            ChannelCapacity = Options.ChannelCapacity ?? job.ChannelCapacity,
            Checkpoints = Options.CheckpointDirectory is { } directory
                ? Checkpoints.InDirectory(directory, Options.CheckpointEvery)
                : null,
        };
        return Options.ConfigureJob is null ? job : Options.ConfigureJob(services, job)
            ?? throw new InvalidOperationException("ConfigureJob returned null instead of the options.");
    }
}
