using System.Globalization;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Runtime;

/// <summary>The subtasks of one job and the channels between them, built from the graph.</summary>
internal sealed class JobPlan : ISourceVisitor, IDisposable
{
    private const string DeadLetters = "dead-letters";

    private readonly JobSettings _settings;
    private readonly CancellationToken _stopReading;
    private readonly Dictionary<object, object> _stages = [];
    private readonly Dictionary<string, int> _stageNames = new(StringComparer.Ordinal);
    private readonly List<Subtask> _subtasks = [];
    private readonly Dictionary<string, AlignmentGroup> _groups = new(StringComparer.Ordinal);
    private readonly Queue<Action> _toBuild = new();
    private readonly StageSubtask<Batch<DeadLetter>>? _deadLetters;

    public JobPlan(StreamGraph graph, JobSettings settings, CancellationToken stopReading)
    {
        _settings = settings;
        _stopReading = stopReading;
        Space = settings.State is var (budget, spill)
            ? new StateSpace(budget, spill, settings.StateTypes, settings.JobName)
            : null;
        if (settings.Failures.DeadLetters is { } sink)
        {
            _deadLetters = DeadLetterStage(sink);
        }

        foreach (ISourceNode source in graph.Nodes.OfType<ISourceNode>())
        {
            source.Accept(this);
        }

        while (_toBuild.TryDequeue(out Action? build))
        {
            build();
        }
    }

    public IReadOnlyList<Subtask> Subtasks => _subtasks;

    /// <summary>The memory for the state of this run; null: all stays in memory.</summary>
    public StateSpace? Space { get; }

    /// <summary>Gives back the room of the state; no subtask is at work any more.</summary>
    public void Dispose() => Space?.Dispose();

    /// <summary>Makes an event-time step part of a group whose splits are kept together.</summary>
    public SplitAlignment Align(string group, long driftTicks)
    {
        if (!_groups.TryGetValue(group, out AlignmentGroup? known))
        {
            known = new AlignmentGroup(group);
            _groups.Add(group, known);
        }

        return known.Open(driftTicks);
    }

    public AlignmentGroup? FindGroup(string name) => _groups.GetValueOrDefault(name);

    public void Visit<T>(SourceNode<T> source)
    {
        var id = new SubtaskId(source.Name, source.Name, 0, 1);
        var subtask = new SourceSubtask<T>(id, source.Source, _settings, _stopReading);
        Add(subtask);
        subtask.SetHead(source.Downstream(new SubtaskWiring(this, subtask, _settings)));
    }

    /// <summary>The subtasks of a stage, made when they are first asked for.</summary>
    public IReadOnlyList<StageSubtask<TBatch>> SubtasksOf<TBatch>(IStage<TBatch> stage)
    {
        if (_stages.TryGetValue(stage, out object? known))
        {
            return (IReadOnlyList<StageSubtask<TBatch>>)known;
        }

        int lanes = stage.IsParallel ? _settings.Lanes : 1;
        string stateName = Unique(stage.StateName);
        StageSubtask<TBatch>[] subtasks =
            [.. Enumerable.Range(0, lanes).Select(lane => new StageSubtask<TBatch>(
                new SubtaskId(stage.Name, stateName, lane, lanes), _settings))];
        _stages.Add(stage, subtasks);
        foreach (StageSubtask<TBatch> subtask in subtasks)
        {
            Add(subtask);
            _toBuild.Enqueue(() => subtask.SetHead(
                stage.OpenSubtask(new SubtaskWiring(this, subtask, _settings)), stage.InputsHaveSplits));
        }

        return subtasks;
    }

    /// <summary>Hands every operator what it remembered.</summary>
    public void Restore(RestoredCheckpoint checkpoint)
    {
        foreach (Subtask subtask in _subtasks)
        {
            subtask.State.Restore(name => checkpoint.Find(name, subtask.Lane, subtask.Lanes));
        }
    }

    // Two stages before one step with a name.
    private string Unique(string name)
    {
        int twins = _stageNames[name] = _stageNames.GetValueOrDefault(name) + 1;
        return twins == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{twins}");
    }

    private void Add(Subtask subtask)
    {
        _subtasks.Add(subtask);
        if (_deadLetters is { } target)
        {
            ChannelOutput<Batch<DeadLetter>> output = target.OpenInput(subtask.Address);
            subtask.AddOutput(output);
            subtask.Errors.SendTo(output);
        }
    }

    // Dead letters that cannot be written stop the job: there is nowhere further to put them.
    private StageSubtask<Batch<DeadLetter>> DeadLetterStage(ISink<DeadLetter> sink)
    {
        JobSettings settings = _settings with { Failures = new FailureHandling { GoesOn = false } };
        var subtask = new StageSubtask<Batch<DeadLetter>>(
            new SubtaskId(DeadLetters, DeadLetters, 0, 1), settings);
        var node = new SinkNode<DeadLetter>(new SourceNode<DeadLetter>(new EmptySource<DeadLetter>()), sink)
        {
            GivenName = DeadLetters,
        };
        subtask.SetHead(node.OpenSubtask(new SubtaskWiring(this, subtask, settings)));
        _subtasks.Add(subtask);
        return subtask;
    }
}
