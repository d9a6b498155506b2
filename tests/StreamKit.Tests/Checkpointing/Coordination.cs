using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;
using StreamKit.Testing;
using StreamKit.Tests.Runtime;

namespace StreamKit.Tests.Checkpointing;

/// <summary>A coordinator with subtasks that do what a test says, on one thread and with a clock that stands.</summary>
internal sealed class Coordination : IDisposable
{
    private readonly StepScheduler _scheduler = new();
    private readonly CheckpointCoordinator _coordinator;
    private readonly ICheckpointSession _session;
    private readonly CancellationTokenSource _abort = new();

    public Coordination(CheckpointOptions? options = null, int stages = 1, bool commits = false)
    {
        Source = new FakeSubtask("source", startsBarriers: true, commits: false);
        Stages = [.. Enumerable.Range(0, stages).Select(lane => new FakeSubtask("stage", false, commits, lane))];
        CheckpointSettings settings =
            (options ?? Options() with { Store = Store }).ToSettings() with { Store = Store };
        _session = Finish(Store.OpenAsync("job", Time, NullLogger.Instance, CancellationToken.None).AsTask());
        var job = new CheckpointJob
        {
            Name = "job",
            HashSeed = 1,
            Subtasks = [Source, .. Stages],
            TimeZoneRules = "",
            Clock = Time,
            Logger = NullLogger.Instance,
            Counters = Counters,
            Run = _scheduler.StartAsync,
        };
        _coordinator = new CheckpointCoordinator(
            settings, job, new CheckpointWriter(settings, job, _session, _abort.Token), lastId: 0);
        Running = _scheduler.StartAsync(() => _coordinator.RunAsync(_abort.Token));
        _scheduler.RunAll();
    }

    public ScriptedStore Store { get; } = new();

    public VirtualTime Time { get; } = new();

    public CheckpointCounters Counters { get; } = new();

    public FakeSubtask Source { get; }

    public IReadOnlyList<FakeSubtask> Stages { get; }

    /// <summary>Ends when the coordinator has.</summary>
    public Task Running { get; }

    public bool HasStopped => _coordinator.HasStopped;

    public static CheckpointOptions Options() =>
        new() { Store = new MemoryCheckpointStore(), Every = TimeSpan.FromSeconds(10) };

    public void Advance(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        _scheduler.RunAll();
    }

    /// <summary>Has everything saved that the source was asked for.</summary>
    public void SaveAll(long checkpoint)
    {
        foreach (FakeSubtask subtask in (IEnumerable<FakeSubtask>)[Source, .. Stages])
        {
            Save(subtask, checkpoint);
        }
    }

    public void Save(FakeSubtask subtask, long checkpoint)
    {
        _coordinator.Acknowledge(subtask, checkpoint, subtask.Snapshot(isFinished: false));
        _scheduler.RunAll();
    }

    public void End(FakeSubtask subtask)
    {
        _coordinator.Finish(subtask, subtask.Snapshot(isFinished: true));
        _scheduler.RunAll();
    }

    public void Commit(FakeSubtask subtask, long checkpoint)
    {
        _coordinator.Commit(subtask, checkpoint);
        _scheduler.RunAll();
    }

    public Task<StoredCheckpoint> Ask(string? name, bool isLast = false)
    {
        Task<StoredCheckpoint> asked = _coordinator.TakeAsync(name, isLast);
        _scheduler.RunAll();
        return asked;
    }

    public void Abort()
    {
        _abort.Cancel();
        _scheduler.RunAll();
    }

    public void Dispose() => _abort.Dispose();

    public IEnumerable<string> Stored() =>
        Finish(_session.ListAsync(CancellationToken.None).AsTask())
            .Select(static stored => stored.ToString())
            .Reverse();

    // Nothing of it waits for anything.
    private static T Finish<T>(Task<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.GetAwaiter().GetResult();
    }
}
