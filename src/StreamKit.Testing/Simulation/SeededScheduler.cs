namespace StreamKit.Testing.Simulation;

/// <summary>Runs everything of one simulated process on the calling thread, in an order that a seed chooses.</summary>
/// <remarks>Once dead it runs nothing more, as if the process had been killed between two of its steps.</remarks>
internal sealed class SeededScheduler(Random random) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _isDead;

    /// <summary>Whether something can go on.</summary>
    public bool HasReady => _ready.Count > 0;

    /// <summary>What came from another thread, so that the run cannot be repeated; null while nothing did.</summary>
    public string? Escaped { get; private set; }

    /// <summary>Runs one of the tasks that can go on.</summary>
    public void RunOne()
    {
        int at = random.Next(_ready.Count);
        Task task = _ready[at];
        _ready[at] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        TryExecuteTask(task);
    }

    public void Die()
    {
        _isDead = true;
        _ready.Clear();
    }

    protected override void QueueTask(Task task)
    {
        if (_isDead)
        {
            return;
        }

        if (Environment.CurrentManagedThreadId != _thread)
        {
            lock (_ready)
            {
                Escaped ??= Environment.StackTrace;
            }
        }

        _ready.Add(task);
    }

    // What is begun waits its turn, so that others can come first.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _ready];
}
