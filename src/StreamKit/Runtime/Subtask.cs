using Microsoft.Extensions.Logging;
using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>One loop that takes input and drives a chain of operators; it never blocks a thread.</summary>
internal abstract class Subtask(SubtaskId id, JobSettings settings) : ICheckpointed
{
    // Long enough that the yield costs nothing, short enough that subtasks share few threads fairly.
    private const int StepsBetweenYields = 64;

    private readonly ILogger _logger = settings.Loggers.CreateLogger<Subtask>();
    private readonly List<IPendingOutput> _outputs = [];
    private readonly List<IHoldsBack> _holding = [];
    private readonly List<OperatorCounters> _counters = [];
    private long _lastTick = settings.Clock.GetTimestamp();
    private readonly Patience _patience = settings.CreatePatience();
    private int _steps;
    private long _blockedSince = long.MinValue;
    private ITimer? _timer;
    private long _timerDue = long.MaxValue;
    private long _completed;

    public string Name => id.Name;

    public int Lane => id.Lane;

    /// <summary>How many parallel subtasks the stage has.</summary>
    public int Lanes => id.Lanes;

    public string Stage => id.Stage;

    /// <summary>The subtask's name among all of the job that stays the same.</summary>
    public string Address => id.Address;

    public virtual bool StartsBarriers => false;

    public virtual bool Commits => false;

    /// <summary>What the operators of the subtask remember.</summary>
    public SubtaskState State { get; } = new(settings.StateTypes);

    /// <summary>Who is told of saved state; null where the job takes no checkpoints.</summary>
    public ICheckpointListener? Checkpoints { get; set; }

    public SubtaskClock Clock { get; } = new();

    public WakeUp WakeUp { get; } = new();

    public IReadOnlyList<OperatorCounters> Counters => _counters;

    /// <summary>How many batches and signals wait for the subtask.</summary>
    public virtual int QueueDepth => 0;

    /// <summary>
    /// Processing time since which the subtask waits for room further down, or for the sink that it writes to;
    /// <see cref="long.MinValue"/> where it does not.
    /// </summary>
    public long BlockedSince => Volatile.Read(ref _blockedSince);

    protected JobSettings Settings { get; } = settings;

    /// <summary>Whether to look for input once more before sleeping.</summary>
    protected bool LooksAgain(int looked) => _patience.LooksAgain(looked);

    /// <summary>Where the subtask's failed records go.</summary>
    public SubtaskErrors Errors { get; } = new(settings.Failures, settings.Loggers.CreateLogger<SubtaskErrors>());

    public virtual void Trigger(long checkpoint, bool isLast) =>
        throw new InvalidOperationException($"'{Name}' reads no source, so no barrier begins there.");

    public void Complete(long checkpoint)
    {
        Volatile.Write(ref _completed, Math.Max(_completed, checkpoint));
        WakeUp.Signal();
    }

    public void AddOutput(IPendingOutput output) => _outputs.Add(output);

    public void AddHolding(IHoldsBack holding) => _holding.Add(holding);

    public void AddCounters(OperatorCounters counters) => _counters.Add(counters);

    /// <summary>Runs until the input has ended; cancellation stops it at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Exception? failure = await CatchAsync(() => RunToTheEndAsync(cancellationToken)).ConfigureAwait(true);
        _timer?.Dispose();

        Exception? closing = await CatchAsync(async () => await CloseAsync().ConfigureAwait(true))
            .ConfigureAwait(true);
        if (closing is not null && failure is not null and not OperationCanceledException)
        {
            // The first failure is the cause and is thrown; what failed after it is still told.
            Log.CloseFailed(_logger, Name, closing);
            closing = null;
        }

        Throw(closing ?? failure, cancellationToken);
    }

    protected abstract ValueTask OpenAsync(CancellationToken cancellationToken);

    protected abstract Task LoopAsync(CancellationToken cancellationToken);

    /// <summary>Gives the chain a signal, and waits until it has been handed on.</summary>
    protected abstract ValueTask PushAsync(Signal signal, CancellationToken cancellationToken);

    /// <summary>How far a source has been read.</summary>
    protected virtual IReadOnlyList<ManifestPosition> Positions => [];

    /// <summary>The last checkpoint known to be complete.</summary>
    protected long Completed => Volatile.Read(ref _completed);

    /// <summary>
    /// Sends the barrier on and saves what the chain remembers: the barriers have come from all inputs, and nothing
    /// that came before them is under way any more.
    /// </summary>
    protected async ValueTask TakeCheckpointAsync(long checkpoint, CancellationToken cancellationToken)
    {
        await PushAsync(Signal.Drained, cancellationToken).ConfigureAwait(true);
        await PushAsync(Signal.Barrier(checkpoint), cancellationToken).ConfigureAwait(true);
        Errors.Push(Signal.Barrier(checkpoint));
        await FlushAsync(cancellationToken).ConfigureAwait(true);
        Checkpoints?.Acknowledge(this, checkpoint, Save(isFinished: false));
    }

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    /// <summary>Tells, after the end, what the subtask remembers for ever.</summary>
    protected virtual ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        TellEnd();
        return ValueTask.CompletedTask;
    }

    protected void TellEnd() => Checkpoints?.Finish(this, Save(isFinished: true));

    /// <summary>Goes on with the chain that holds something back, waiting for room as often as it takes.</summary>
    protected async ValueTask UnblockAsync(Func<bool> resume, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _blockedSince, Clock.Now);

        // What waits for company would wait for whoever is slow.
        foreach (IHoldsBack holding in _holding)
        {
            holding.HandOver();
        }

        do
        {
            await FlushAsync(cancellationToken).ConfigureAwait(true);

            // Nobody could listen meanwhile, so the time does not count as silence.
            _lastTick = Settings.Clock.GetTimestamp();
        }
        while (!resume());

        Volatile.Write(ref _blockedSince, long.MinValue);
    }

    /// <summary>Tells the operators what time it is.</summary>
    protected void Tick()
    {
        long now = Settings.Clock.GetTimestamp();
        Clock.Listening += Settings.Clock.GetElapsedTime(_lastTick, now).Ticks;
        Clock.Now = Settings.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks;
        _lastTick = now;
    }

    /// <summary>Lets other work have the thread now and then.</summary>
    protected ValueTask StepAsync()
    {
        if (++_steps % StepsBetweenYields != 0)
        {
            return ValueTask.CompletedTask;
        }

        return YieldAsync();

        static async ValueTask YieldAsync() => await Task.Yield();
    }

    /// <summary>Waits until something happens or the chain wants to be woken.</summary>
    protected async ValueTask WaitAsync(long nextTimer, CancellationToken cancellationToken)
    {
        // Time has passed since the last tick, perhaps much of it while the output was blocked.
        Tick();
        if (nextTimer <= Clock.Now)
        {
            return;
        }

        SetTimer(nextTimer);
        long began = _patience.BeginSleep();
        await WakeUp.WaitAsync(cancellationToken).ConfigureAwait(true);
        _patience.EndSleep(began);

        // The timer may have been what woke it, a little before its time, so it is not relied upon any further.
        _timerDue = long.MaxValue;
    }

    private static async Task<Exception?> CatchAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(true);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private async Task RunToTheEndAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(true);
        Tick();
        await LoopAsync(cancellationToken).ConfigureAwait(true);
        Errors.Push(Signal.End);
        await FlushAsync(cancellationToken).ConfigureAwait(true);
        await FinishAsync(cancellationToken).ConfigureAwait(true);
    }

    private SubtaskSnapshot Save(bool isFinished) => new(Stage, Lane, id.Lanes)
    {
        Operators = State.Save(),
        Positions = Positions,
        IsFinished = isFinished,
    };

    // A cancellation that nobody asked the job for, such as a request of a sink that timed out, is a failure.
    private void Throw(Exception? failure, CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case null:
                return;
            case StreamException or StartException:
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
                return;
            default:
                throw new StreamException(Name, null, null, failure);
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (IPendingOutput output in _outputs)
        {
            if (output.HasPending)
            {
                await output.FlushAsync(cancellationToken).ConfigureAwait(true);
            }
        }
    }

    private void SetTimer(long due)
    {
        // Timers end somewhere: what lies further ahead is reached in days, each with its own timer.
        long next = due == long.MaxValue ? due : Math.Min(due, TickMath.Add(Clock.Now, TimeSpan.TicksPerDay));
        if (next == _timerDue)
        {
            return;
        }

        _timerDue = next;
        _timer ??= Settings.Clock.CreateTimer(
            static wakeUp => ((WakeUp)wakeUp!).Signal(), WakeUp, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        TimeSpan wait = next == long.MaxValue ? Timeout.InfiniteTimeSpan : WholeMilliseconds(next - Clock.Now);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    // Timers count whole milliseconds: one too few would wake the subtask before its time, again and again.
    private static TimeSpan WholeMilliseconds(long ticks) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(ticks / (double)TimeSpan.TicksPerMillisecond));
}
