using System.Globalization;
using StreamKit.Time;

namespace StreamKit.Testing.Running;

/// <summary>Everything that a test did to its pipeline, in order.</summary>
internal sealed class Script<TIn>(RunSetup<TIn> setup, StreamTestOptions options)
{
    private readonly List<ScriptStep<TIn>> _steps = [];

    public void Add(ScriptStep<TIn> step) => _steps.Add(step);

    /// <summary>A run of all steps in one way.</summary>
    public TestRun<TIn> Replay(RunVariant variant)
    {
        var run = new TestRun<TIn>(setup, variant);
        foreach (ScriptStep<TIn> step in _steps)
        {
            run.Apply(step);
        }

        run.Settle();
        return run;
    }

    /// <summary>The ways in which the script is replayed.</summary>
    public IEnumerable<RunVariant> Variants()
    {
        // A watermark that the pipeline makes itself follows each batch, so there batches are a part of the input.
        BatchCut together = setup.GeneratesWatermarks ? BatchCut.RecordByRecord : BatchCut.Together;
        foreach (int lanes in options.Lanes)
        {
            yield return new($"as one batch between signals, {lanes} lanes")
            {
                Lanes = lanes,
                BatchSize = options.BatchSize,
                Cut = together,
            };
            yield return new($"with an output that refuses after every batch of 1, {lanes} lanes")
            {
                Lanes = lanes,
                BatchSize = 1,
                Cut = BatchCut.RecordByRecord,
                Refuses = true,
            };
            yield return new($"saved and taken up again before every step, {lanes} lanes")
            {
                Lanes = lanes,
                BatchSize = options.BatchSize,
                Cut = BatchCut.RecordByRecord,
                Restarts = [lanes],
            };
            for (int i = 0; i < options.RandomReplays; i++)
            {
                yield return AtRandom(lanes, unchecked(options.Seed + i), refuses: i % 2 == 1);
            }
        }

        // Where the order between keys matters, there is one lane only; state that left memory comes in another.
        if (options.Lanes.Count > 1)
        {
            yield return new("with state that leaves memory after every batch")
            {
                Lanes = options.Lanes[0],
                BatchSize = options.BatchSize,
                Cut = BatchCut.RecordByRecord,
                Refuses = true,
                Spills = true,
            };
            yield return new("saved and taken up again on other lanes before every step")
            {
                Lanes = options.Lanes[0],
                BatchSize = options.BatchSize,
                Cut = BatchCut.RecordByRecord,
                Restarts = [.. options.Lanes.Skip(1), options.Lanes[0]],
            };
            yield return new("saved and taken up again on other lanes before every step, outside of memory in turn")
            {
                Lanes = options.Lanes[0],
                BatchSize = options.BatchSize,
                Cut = BatchCut.RecordByRecord,
                Restarts = [.. options.Lanes.Skip(1), options.Lanes[0]],
                Spills = true,
                SpillsInTurn = true,
            };
        }
    }

    public override string ToString() =>
        _steps.Count == 0 ? "  (nothing)" : "  " + string.Join("\n  ", _steps.Select(Describe));

    private RunVariant AtRandom(int lanes, int seed, bool refuses)
    {
        int batchSize = setup.GeneratesWatermarks ? options.BatchSize : new Random(seed).Next(2, 8);
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"in random batches of at most {batchSize}, seed {seed}, {lanes} lanes, {(refuses ? "refused" : "free")}");
        return new RunVariant(name)
        {
            Lanes = lanes,
            BatchSize = batchSize,
            Cut = setup.GeneratesWatermarks ? BatchCut.RecordByRecord : BatchCut.AtRandom,
            Refuses = refuses,
            Seed = seed,
        };
    }

    private string Describe(ScriptStep<TIn> step) => step switch
    {
        ScriptStep<TIn>.Push { Ticks: long.MinValue } push => $"Push({Structure.Describe(push.Value, options.Unit)})",
        ScriptStep<TIn>.Push push => $"Push(at: {Structure.InUnits(new Timestamp(push.Ticks), options.Unit)}, "
            + $"{Structure.Describe(push.Value, options.Unit)})",
        ScriptStep<TIn>.Watermark w => $"Watermark({Structure.InUnits(new Timestamp(w.Ticks), options.Unit)})",
        ScriptStep<TIn>.ProcessingTime time => $"ProcessingTime({new TimeSpan(time.AdvanceTicks)})",
        _ => $"{step.GetType().Name}()",
    };
}
