using System.Threading.Channels;
using StreamKit.Diagnostics;

namespace StreamKit.Checkpointing;

/// <summary>Begins checkpoints, collects what the subtasks save, and completes a checkpoint when all have.</summary>
/// <remarks>
/// <para>
/// It talks with the subtasks by messages only. What they save is stored by <see cref="CheckpointWriter"/> while they
/// go on. A checkpoint is complete when every subtask's state is stored and the store has said so; only then are sinks
/// told to commit. One that takes too long or cannot be stored is given up, and the job goes on without it.
/// </para>
/// <para>
/// A subtask that has ended takes part with what it remembered in the end. When all have, one last checkpoint says that
/// the job is finished, so that sinks can commit what came last.
/// </para>
/// </remarks>
internal sealed class CheckpointCoordinator : ICheckpointListener
{
    // Timers end somewhere; what lies further ahead is reached in days.
    private const double LongestTimer = 24 * 60 * 60 * 1000;

    private readonly CheckpointSettings _settings;
    private readonly CheckpointJob _job;
    private readonly CheckpointWriter _writer;
    private readonly Channel<Action> _messages = Channel.CreateUnbounded<Action>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly SortedDictionary<long, CheckpointUnderWay> _pending = [];
    private readonly Queue<SavepointRequest> _asked = new();
    private readonly Dictionary<ICheckpointed, SubtaskSnapshot> _ended = [];
    private readonly Dictionary<ICheckpointed, long> _toCommit = [];

    // Subtasks that have ended and committed the last there was; nobody listens there any more.
    private readonly HashSet<ICheckpointed> _left = [];
    private long _lastId;
    private long _lastBegan;
    private long _lastDone = long.MinValue;
    private int _failures;
    private int _retiring;
    private bool _isStopping;
    private bool _isFinished;
    private Exception? _fatal;

    public CheckpointCoordinator(CheckpointSettings settings, CheckpointJob job, CheckpointWriter writer, long lastId)
    {
        (_settings, _job, _writer, _lastId) = (settings, job, writer, lastId);
        _lastBegan = job.Clock.GetTimestamp();
    }

    /// <summary>Whether the job has stopped with a savepoint, and everything is committed.</summary>
    public bool HasStopped => _isStopping && _toCommit.Count == 0;

    private bool AllHaveEnded => _ended.Count == _job.Subtasks.Count;

    private bool AnySourceRuns => _job.Subtasks.Any(subtask => subtask.StartsBarriers && !_ended.ContainsKey(subtask));

    // After the last barrier no source reads on, so no other barrier would come.
    private bool MayBegin => AnySourceRuns && !_isStopping && _pending.Count < _settings.MaxConcurrent
        && !_pending.Values.Any(static pending => pending.IsLast);

    public void Acknowledge(ICheckpointed subtask, long checkpoint, SubtaskSnapshot snapshot) => Post(() =>
    {
        if (_pending.TryGetValue(checkpoint, out CheckpointUnderWay? pending))
        {
            Save(pending, subtask, snapshot);
        }
    });

    public void Finish(ICheckpointed subtask, SubtaskSnapshot snapshot) => Post(() =>
    {
        _ended[subtask] = snapshot;
        foreach (CheckpointUnderWay pending in _pending.Values.ToArray())
        {
            Save(pending, subtask, snapshot);
        }
    });

    public void Commit(ICheckpointed subtask, long checkpoint) => Post(() =>
    {
        if (_toCommit.TryGetValue(subtask, out long awaited) && checkpoint >= awaited)
        {
            _toCommit.Remove(subtask);
        }

        if (checkpoint == long.MaxValue)
        {
            _left.Add(subtask);
        }
    });

    public Task<StoredCheckpoint> TakeAsync() => TakeAsync(name: null, isLast: false);

    /// <summary>Takes a savepoint as soon as it can be.</summary>
    /// <param name="name">Its name; null: a checkpoint that nobody waited for.</param>
    /// <param name="isLast">Whether the job stops with it.</param>
    public Task<StoredCheckpoint> TakeAsync(string? name, bool isLast)
    {
        var asked = new TaskCompletionSource<StoredCheckpoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_messages.Writer.TryWrite(() => _asked.Enqueue(new SavepointRequest(name, isLast, asked))))
        {
            asked.SetException(HasEnded());
        }

        return asked.Task;
    }

    /// <summary>Runs until the job has ended, or stopped, and all is committed.</summary>
    /// <exception cref="CheckpointFailedException">Too many checkpoints in a row failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ITimer timer = _job.Clock.CreateTimer(
            static coordinator => ((CheckpointCoordinator)coordinator!).Post(static () => { }),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(true))
        {
            try
            {
                while (!IsDone())
                {
                    TimeSpan wait = UntilNext();
                    if (wait != TimeSpan.Zero)
                    {
                        timer.Change(wait, Timeout.InfiniteTimeSpan);
                        await _messages.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(true);
                    }

                    while (_messages.Reader.TryRead(out Action? message))
                    {
                        message();
                    }

                    GiveUpWhatTakesTooLong();
                    BeginWhatIsDue();
                    if (_fatal is { } failure)
                    {
                        throw failure;
                    }
                }
            }
            finally
            {
                _messages.Writer.TryComplete();
                RefuseAll();
            }
        }
    }

    private void Post(Action message) => _messages.Writer.TryWrite(message);

    private bool IsDone() => _toCommit.Count == 0 && _retiring == 0 && (_isStopping || (_isFinished && AllHaveEnded));

    private void BeginWhatIsDue()
    {
        if (_isStopping || _isFinished || _fatal is not null)
        {
            return;
        }

        if (AllHaveEnded)
        {
            if (!_pending.Values.Any(static pending => pending.IsFinal))
            {
                Begin(new SavepointRequest(null, IsLast: false, Asked: null));
            }
        }
        else if (MayBegin)
        {
            if (_asked.TryDequeue(out SavepointRequest? request))
            {
                Begin(request);
            }
            else if (NextDue() <= _job.Clock.GetTimestamp())
            {
                Begin(new SavepointRequest(null, IsLast: false, Asked: null));
            }
        }
    }

    private void Begin(SavepointRequest request)
    {
        _lastBegan = _job.Clock.GetTimestamp();
        var pending = new CheckpointUnderWay(++_lastId, _lastBegan, _job.Clock.GetUtcNow())
        {
            Savepoint = request.Name,
            IsLast = request.IsLast,
            IsFinal = AllHaveEnded,
            Asked = request.Asked,
        };
        _pending.Add(pending.Id, pending);
        Log.CheckpointBegan(_job.Logger, _job.Name, pending.Id);
        foreach (ICheckpointed subtask in _job.Subtasks)
        {
            if (_ended.TryGetValue(subtask, out SubtaskSnapshot? end))
            {
                Save(pending, subtask, end);
            }
            else if (subtask.StartsBarriers)
            {
                subtask.Trigger(pending.Id, pending.IsLast);
            }
        }
    }

    private void Save(CheckpointUnderWay pending, ICheckpointed subtask, SubtaskSnapshot snapshot)
    {
        if (!pending.TrySave(subtask, snapshot.IsFinished))
        {
            return;
        }

        Do(async () =>
        {
            ManifestPart part = await _writer.WriteAsync(pending.Id, snapshot).ConfigureAwait(true);
            Post(() => OnStored(pending, part));
        }, pending);
    }

    private void OnStored(CheckpointUnderWay pending, ManifestPart part)
    {
        pending.Parts.Add(part);
        if (pending.Parts.Count == _job.Subtasks.Count && _pending.ContainsKey(pending.Id))
        {
            Do(async () =>
            {
                StoredCheckpoint stored = await _writer.CompleteAsync(pending).ConfigureAwait(true);
                Post(() => OnCompleted(pending, stored));
            }, pending);
        }
    }

    private void OnCompleted(CheckpointUnderWay pending, StoredCheckpoint stored)
    {
        if (!_pending.Remove(pending.Id))
        {
            return; // Given up while it was being completed; it may be found and used all the same.
        }

        TimeSpan duration = _job.Clock.GetElapsedTime(pending.Began);
        _job.Counters.Complete(stored, duration);
        Log.CheckpointCompleted(_job.Logger, _job.Name, stored.Id, stored.Bytes, duration.TotalMilliseconds);
        _failures = 0;
        _lastDone = _job.Clock.GetTimestamp();
        _isStopping |= pending.IsLast;
        _isFinished |= pending.IsFinal;
        foreach (ICheckpointed subtask in _job.Subtasks
            .Where(subtask => subtask.Commits && !_left.Contains(subtask)))
        {
            // What was saved in the end holds everything, whatever the numbers of its epochs.
            long checkpoint = pending.HasEnd(subtask) ? long.MaxValue : pending.Id;
            _toCommit[subtask] = checkpoint;
            subtask.Complete(checkpoint);
        }

        foreach (CheckpointUnderWay older in _pending.Values
            .Where(other => other.Id < pending.Id && other.Asked is null).ToArray())
        {
            _pending.Remove(older.Id);
            Do(() => _writer.AbandonAsync(older.Id), older);
        }

        pending.Asked?.TrySetResult(stored);
        Retire();
    }

    // The job ends when nothing of it is at work in the store any more.
    private void Retire()
    {
        _retiring++;
        Do(async () =>
        {
            try
            {
                await _writer.RetireAsync().ConfigureAwait(true);
            }
            finally
            {
                Post(() => _retiring--);
            }
        }, null);
    }

    // What runs beside must not fail unseen: it says so by a message.
    private void Do(Func<Task> action, CheckpointUnderWay? pending) => _ = _job.Run(async () =>
    {
        try
        {
            await action().ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            Post(() => OnFailed(pending, exception));
        }
    });

    private void OnFailed(CheckpointUnderWay? pending, Exception exception)
    {
        if (exception is CheckpointFencedException)
        {
            _fatal ??= exception;
        }

        if (pending is null || !_pending.Remove(pending.Id))
        {
            return;
        }

        _job.Counters.Fail(exception);
        Log.CheckpointFailed(_job.Logger, _job.Name, pending.Id, exception);
        _lastDone = _job.Clock.GetTimestamp();
        pending.Asked?.TrySetException(exception);
        Do(() => _writer.AbandonAsync(pending.Id), null);

        // After the last barrier the sources read no more, so there is no going on without the savepoint.
        if (++_failures > _settings.TolerableFailures || pending.IsLast)
        {
            _fatal ??= new CheckpointFailedException(_job.Name, _failures, exception);
        }
    }

    private void GiveUpWhatTakesTooLong()
    {
        foreach (CheckpointUnderWay pending in _pending.Values
            .Where(pending => _job.Clock.GetElapsedTime(pending.Began) >= _settings.Timeout).ToArray())
        {
            string missing = string.Join(", ", pending.Missing(_job.Subtasks)
                .Select(static subtask => $"'{subtask.Stage}' ({subtask.Lane})"));
            OnFailed(pending, new TimeoutException(
                $"Checkpoint {pending.Id} was not complete after {_settings.Timeout}; "
                + (missing.Length == 0 ? "storing it took too long." : $"no barrier has come through to {missing}.")));
        }
    }

    private long NextDue()
    {
        long due = _lastBegan + ToTimestamp(_settings.Every);
        return _lastDone == long.MinValue ? due : Math.Max(due, _lastDone + ToTimestamp(_settings.MinPause));
    }

    private TimeSpan UntilNext()
    {
        long next = MayBegin ? NextDue() : long.MaxValue;
        foreach (CheckpointUnderWay pending in _pending.Values)
        {
            next = Math.Min(next, pending.Began + ToTimestamp(_settings.Timeout));
        }

        if (next == long.MaxValue)
        {
            return Timeout.InfiniteTimeSpan; // What happens next comes as a message.
        }

        // Timers count whole milliseconds: one too few would wake before it is time, again and again.
        TimeSpan wait = _job.Clock.GetElapsedTime(_job.Clock.GetTimestamp(), next);
        return wait <= TimeSpan.Zero
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), LongestTimer));
    }

    private long ToTimestamp(TimeSpan time) =>
        (long)Math.Ceiling(time.Ticks * ((double)_job.Clock.TimestampFrequency / TimeSpan.TicksPerSecond));

    private InvalidOperationException HasEnded() => new($"The job '{_job.Name}' has ended, or is about to.");

    private void RefuseAll()
    {
        while (_messages.Reader.TryRead(out Action? message))
        {
            message(); // A request may be among them.
        }

        InvalidOperationException ended = HasEnded();
        foreach (TaskCompletionSource<StoredCheckpoint>? asked in _pending.Values.Select(static p => p.Asked)
            .Concat(_asked.Select(static request => request.Asked)))
        {
            asked?.TrySetException(ended);
        }
    }
}
