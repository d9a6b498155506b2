using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>The subtasks of one run and what connects them: direct calls, in one thread.</summary>
internal sealed class SynchronousPlan(RunVariant variant, bool generatesWatermarks)
{
    // Any value gives the same results; a fixed one gives the same run again.
    private const ulong HashSeed = 0x5EED_0F_7E57_CA5E;

    private readonly Dictionary<object, object> _stages = [];
    private readonly List<ISynchronousStage> _subtasks = [];
    private readonly Queue<Action> _toBuild = new();
    private readonly List<Action> _toBegin = [];
    private readonly Dictionary<object, object> _outputs = [];
    private readonly List<OperatorCounters> _counters = [];
    private readonly FailingReporter _errors = new();

    public bool GeneratesWatermarks { get; } = generatesWatermarks;

    public SubtaskClock Clock { get; } = new();

    public IReadOnlyList<ISynchronousStage> Subtasks => _subtasks;

    public IReadOnlyList<OperatorCounters> Counters => _counters;

    /// <summary>How many records a batch holds.</summary>
    public int BatchSize => variant.BatchSize;

    /// <summary>Builds all chains, and returns what takes the records that the test pushes.</summary>
    public Receiver<Batch<T>> Build<T>(RunSetup<T> setup)
    {
        Receiver<Batch<T>> head = setup.Open(this);
        while (_toBuild.TryDequeue(out Action? build))
        {
            build();
        }

        _toBegin.ForEach(static begin => begin());
        return head;
    }

    /// <summary>Builds the chain behind a source.</summary>
    public Receiver<Batch<T>> Open<T>(SourceNode<T> source) => source.Downstream(new SynchronousWiring(this, 0));

    public OperatorContext ContextOf(StreamNode node, int lane)
    {
        var context = new OperatorContext(node.Name, lane, Clock, _errors)
        {
            BatchSize = variant.BatchSize,
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

        int lanes = stage.IsParallel ? variant.Lanes : 1;
        SynchronousStage<TBatch>[] subtasks =
            [.. Enumerable.Range(0, lanes).Select(static _ => new SynchronousStage<TBatch>())];
        _stages.Add(stage, subtasks);
        for (int lane = 0; lane < lanes; lane++)
        {
            SynchronousStage<TBatch> subtask = subtasks[lane];
            var wiring = new SynchronousWiring(this, lane);
            _subtasks.Add(subtask);
            _toBuild.Enqueue(() => subtask.SetHead(stage.OpenSubtask(wiring), stage.InputsHaveSplits));
            _toBegin.Add(subtask.Begin);
        }

        return subtasks;
    }

    public Receiver<Batch<T>> OpenOutput<T>(CaptureSink<T> capture) =>
        new CollectingOutput<T>((List<T>)RecordsOf(capture), variant.Refuses);

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
}
