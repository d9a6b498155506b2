namespace StreamKit.Testing.Simulation;

/// <summary>One process that runs the job: its scheduler, its clock and the job.</summary>
internal sealed class SimulatedProcess
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(10);

    private readonly SimulationWorld _world;
    private readonly SeededScheduler _scheduler;

    public SimulatedProcess(SimulationWorld world, Func<SeededScheduler, StreamJob> start)
    {
        // The clock goes on where it was, without the timers of the process before.
        world.Time = new VirtualTime(world.Time.GetUtcNow());
        _world = world;
        _scheduler = new SeededScheduler(world.Random);
        Job = start(_scheduler);
    }

    public StreamJob Job { get; }

    /// <summary>Whether the job has come to its end.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What went on in another thread; null where nothing did.</summary>
    public string? Escaped => _scheduler.Escaped;

    /// <summary>Lets one task go on, or time until the next timer; false where there is neither.</summary>
    public bool TryStep()
    {
        if (_scheduler.HasReady)
        {
            _scheduler.RunOne();
            return true;
        }

        return _world.Time.AdvanceToNext();
    }

    public void Kill() => _scheduler.Die();

    /// <summary>Whether a task has come to its end without a failure.</summary>
    public static bool Succeeded(Task task) => Finish(task) && task.IsCompletedSuccessfully;

    /// <summary>
    /// Waits for a task whose last step the thread pool takes, when nothing of the job is left to run.
    /// </summary>
    public static bool Finish(Task task)
    {
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(s_moment);
        return task.IsCompleted;
    }
}
