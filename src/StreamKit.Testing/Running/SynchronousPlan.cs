using System.Buffers;
using StreamKit.Checkpointing;
using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Testing.Running;

/// <summary>The subtasks of one run and what connects them: direct calls, in one thread.</summary>
internal sealed class SynchronousPlan
{
    // Any value gives the same results; a fixed one gives the same run again.
    private const ulong HashSeed = 0x5EED_0F_7E57_CA5E;

    private readonly RunVariant _variant;
    private readonly StateTypes _types;
    private readonly Dictionary<object, object> _stages = [];
    private readonly List<SynchronousSubtask> _states = [];
    private readonly List<ISynchronousStage> _subtasks = [];
    private readonly Queue<Action> _toBuild = new();
    private readonly List<Action> _toBegin = [];
    private readonly Dictionary<object, object> _outputs;
    private readonly List<OperatorCounters> _counters = [];
    private readonly FailingReporter _errors = new();
    private readonly StateSpace? _space;

    public SynchronousPlan(RunVariant variant, bool generatesWatermarks)
        : this(variant, generatesWatermarks, new SubtaskClock(), [], StateTypes.OfOneProcess())
    {
    }

    private SynchronousPlan(
        RunVariant variant,
        bool generatesWatermarks,
        SubtaskClock clock,
        Dictionary<object, object> outputs,
        StateTypes types)
    {
        (_variant, GeneratesWatermarks, Clock) = (variant, generatesWatermarks, clock);
        (_outputs, _types) = (outputs, types);
        _space = variant.Spills
            ? new StateSpace(new StateBudget(maxBytes: 0), new SpillToMemory(), types, "test")
            : null;
    }

    public bool GeneratesWatermarks { get; }

    public SubtaskClock Clock { get; }

    public IReadOnlyList<ISynchronousStage> Subtasks => _subtasks;

    public IReadOnlyList<OperatorCounters> Counters => _counters;

    /// <summary>How many records a batch holds.</summary>
    public int BatchSize => _variant.BatchSize;

    /// <summary>Builds all chains, and returns what takes the records that the test pushes.</summary>
    public Receiver<Batch<T>> Build<T>(RunSetup<T> setup) => Build(setup, null);

    /// <summary>
    /// Saves what everything remembers, and builds a run that takes it up on so many lanes; this one is not used
    /// further.
    /// </summary>
    public (SynchronousPlan Next, Receiver<Batch<T>> Head) GoOnAfterRestart<T>(RunSetup<T> setup, int lanes)
    {
        var parts = new List<(ManifestPart, ReadOnlyMemory<byte>)>();
        foreach (SynchronousSubtask subtask in _states)
        {
            (ReadOnlySequence<byte> content, ManifestPart part) = PartEncoder.Encode(subtask.Save());
            parts.Add((part, content.ToArray()));
        }

        var manifest = new CheckpointManifest
        {
            Job = "test",
            Id = 1,
            Created = DateTimeOffset.UnixEpoch,
            StreamKitVersion = "",
            HashSeed = HashSeed,
            KeyGroupCount = KeyGroups.Count,
        };
        var restored = new RestoredCheckpoint(new StoredCheckpoint { Id = 1 }, manifest, parts, _types);
        var next = new SynchronousPlan(
            _variant with { Lanes = lanes, Spills = _variant.Spills != _variant.SpillsInTurn },
            GeneratesWatermarks, Clock, _outputs, _types);
        return (next, next.Build(setup, restored));
    }

    /// <summary>Builds the chain behind a source.</summary>
    public Receiver<Batch<T>> Open<T>(SourceNode<T> source) =>
        source.Downstream(new SynchronousWiring(this, AddSubtask(source.Name, 0, 1)));

    public OperatorContext ContextOf(StreamNode node, SynchronousSubtask subtask)
    {
        var context = new OperatorContext(node.Name, subtask.Lane, Clock, _errors)
        {
            State = subtask.State,
            Space = _space,
            BatchSize = _variant.BatchSize,
            HashSeed = HashSeed,
        };
        _counters.Add(context.Counters);
        return context;
    }

    public IReadOnlyList<SynchronousStage<TBatch>> SubtasksOf<TBatch>(IStage<TBatch> stage)
    {
        if (_stages.TryGetValue(stage, out object? known))
        {
            return (IReadOnlyList<SynchronousStage<TBatch>>)known;
        }

        int lanes = stage.IsParallel ? _variant.Lanes : 1;
        var subtasks = new SynchronousStage<TBatch>[lanes];
        _stages.Add(stage, subtasks);
        for (int lane = 0; lane < lanes; lane++)
        {
            SynchronousSubtask id = AddSubtask(stage.Name, lane, lanes);
            var subtask = new SynchronousStage<TBatch>(id.State);
            subtasks[lane] = subtask;
            _subtasks.Add(subtask);
            _toBuild.Enqueue(() => subtask.SetHead(
                stage.OpenSubtask(new SynchronousWiring(this, id)), stage.Name, stage.InputsHaveSplits));
            _toBegin.Add(subtask.Begin);
        }

        return subtasks;
    }

    public Receiver<Batch<T>> OpenOutput<T>(CaptureSink<T> capture) =>
        new CollectingOutput<T>((List<T>)RecordsOf(capture), _variant.Refuses);

    /// <summary>What came out at a place.</summary>
    public IReadOnlyList<T> RecordsOf<T>(CaptureSink<T> capture)
    {
        if (!_outputs.TryGetValue(capture, out object? records))
        {
            records = new List<T>();
            _outputs.Add(capture, records);
        }

        return (List<T>)records;
    }

    private Receiver<Batch<T>> Build<T>(RunSetup<T> setup, RestoredCheckpoint? restored)
    {
        Receiver<Batch<T>> head = setup.Open(this);
        while (_toBuild.TryDequeue(out Action? build))
        {
            build();
        }

        if (restored is not null)
        {
            foreach (SynchronousSubtask subtask in _states)
            {
                subtask.State.Restore(name => restored.Find(name, subtask.Lane, subtask.Lanes));
            }

            if (restored.Orphans is { Count: > 0 } orphans)
            {
                throw new StreamTestException($"Nothing took up the state of {string.Join(", ", orphans)}.");
            }
        }

        _toBegin.ForEach(static begin => begin());
        return head;
    }

    private SynchronousSubtask AddSubtask(string stage, int lane, int lanes)
    {
        var subtask = new SynchronousSubtask(stage, lane, lanes, new SubtaskState(_types));
        _states.Add(subtask);
        return subtask;
    }
}
