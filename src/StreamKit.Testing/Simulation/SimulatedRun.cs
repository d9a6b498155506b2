using StreamKit.Checkpointing;

namespace StreamKit.Testing.Simulation;

/// <summary>One job from its beginning to its end, through all the processes that it takes.</summary>
internal sealed class SimulatedRun
{
    // Less likely than a failure at a single place, because there are many more steps than places.
    private const double KillWeight = 0.2;
    private const double SavepointWeight = 0.05;

    private readonly Func<SimulationWorld, StreamBuilder> _build;
    private readonly SimulationOptions _options;
    private readonly int _seed;
    private readonly SimulationWorld? _undisturbed;
    private readonly FaultPlan _plan;
    private readonly SimulationWorld _world;
    private readonly ICheckpointStore _store;
    private int _steps;
    private int _kills;
    private int _restarts;
    private int _savepoints;
    private long _checkpoints;
    private long _failedCheckpoints;

    public SimulatedRun(
        Func<SimulationWorld, StreamBuilder> build,
        SimulationOptions options,
        int seed,
        SimulationWorld? undisturbed,
        IReadOnlySet<int> leftOut)
    {
        (_build, _options, _seed, _undisturbed) = (build, options, seed, undisturbed);
        _plan = new FaultPlan(unchecked((seed * 397) ^ 0x5EED), undisturbed is null ? 0 : options.FaultRate, leftOut);
        _world = new SimulationWorld(new Random(seed), _plan, options.MaxFaults);
        _store = new SimulatedStore(new MemoryCheckpointStore()) { World = _world };
    }

    public IReadOnlyList<(int Place, string What)> Faults => _plan.Happened;

    public SimulationReport Report => new()
    {
        Runs = 1,
        Steps = _steps,
        Kills = _kills,
        Restarts = _restarts,
        Savepoints = _savepoints,
        Checkpoints = _checkpoints,
        FailedCheckpoints = _failedCheckpoints,
        Faults = _plan.Happened.Count,
    };

    /// <summary>The world after a run in which nothing went wrong.</summary>
    /// <exception cref="SimulationException">Even that one failed.</exception>
    public static SimulationWorld Undisturbed(Func<SimulationWorld, StreamBuilder> build, SimulationOptions options)
    {
        var run = new SimulatedRun(build, options, 0, undisturbed: null, new HashSet<int>());
        return run.Run() is { } violation ? throw run.Failure(violation) : run._world;
    }

    /// <summary>Runs the job to its end; null where its results are right, else what is wrong.</summary>
    public string? Run()
    {
        while (true)
        {
            var process = new SimulatedProcess(_world, JobOf());
            string? wrong = RunProcess(process);
            _restarts += process.Job.GetCheckpointStatus().Restarts;
            _checkpoints += process.Job.GetCheckpointStatus().Completed;
            _failedCheckpoints += process.Job.GetCheckpointStatus().Failed;
            if (wrong is not null)
            {
                return wrong;
            }

            if (process.HasEnded)
            {
                return _undisturbed is null ? null : Compare(_undisturbed);
            }
        }
    }

    public SimulationException Failure(string violation) =>
        new(_seed, violation, [.. _plan.Happened.Select(static fault => fault.What)]);

    private Func<SeededScheduler, StreamJob> JobOf()
    {
        int lanes = _undisturbed is null ? 1 : _options.Lanes[_world.Random.Next(_options.Lanes.Count)];
        CheckpointOptions checkpoints = Checkpoints.In(_store, _options.CheckpointEvery) with
        {
            TolerableFailures = _options.MaxFaults,
        };
        checkpoints = _options.Configure?.Invoke(checkpoints) ?? checkpoints;
        var options = new JobOptions
        {
            Parallelism = lanes,
            BatchSize = 1 + _world.Random.Next(8),
            ChannelCapacity = 1 + _world.Random.Next(3),
            HashSeed = (ulong)_world.Random.Next(),
            Checkpoints = checkpoints,
            Restart = RestartStrategy.Fixed(_options.MaxFaults + 1, TimeSpan.FromMilliseconds(1)),
        };
        return scheduler => _build(_world).Build().Start(
            options with { Scheduler = scheduler, Clock = _world.Time });
    }

    // Null where the process has ended, was killed or stopped; else what is wrong.
    private string? RunProcess(SimulatedProcess process)
    {
        Task<StoredCheckpoint>? stopping = null;
        while (!process.Job.IsOver)
        {
            if (++_steps > _options.MaxSteps)
            {
                return $"the job did not end within {_options.MaxSteps} steps.";
            }

            if (!process.TryStep())
            {
                return "nothing can go on any more, and the job has not ended.";
            }

            if (process.Escaped is { } trace)
            {
                return $"code of the pipeline went on in another thread, so the run cannot be repeated: {trace}";
            }

            if (_world.Strikes("the process was killed", KillWeight))
            {
                _kills++;
                process.Kill();
                return null;
            }

            if (stopping is null && process.Job.IsTakingCheckpoints
                && _world.Strikes("the job was stopped with a savepoint", SavepointWeight))
            {
                stopping = process.Job.StopWithSavepointAsync($"stop-{++_savepoints}");
            }
        }

        return Outcome(process, stopping);
    }

    private static string? Outcome(SimulatedProcess process, Task<StoredCheckpoint>? stopping)
    {
        SimulatedProcess.Finish(process.Job.Completion);
        if (process.Job.Completion.Exception?.InnerException is { } failure)
        {
            return $"the job failed: {failure}";
        }

        if (stopping is null || !SimulatedProcess.Succeeded(stopping))
        {
            process.HasEnded = true;
            return null;
        }

        return null;
    }

    private string? Compare(SimulationWorld undisturbed)
    {
        foreach ((string name, ISimulatedSink expected) in undisturbed.Sinks)
        {
            ISimulatedSink? actual = _world.Sinks.FirstOrDefault(sink => sink.Key == name).Value;
            string? wrong = actual is null ? "nobody opened it" : actual.Compare(expected);
            if (wrong is not null)
            {
                return $"the sink '{name}' does not hold what an undisturbed run gives it: {wrong}";
            }
        }

        return null;
    }
}
