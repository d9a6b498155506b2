namespace StreamKit.Tests.Checkpointing;

/// <summary>Runs tasks when it is told to, in their order, on the thread that tells it.</summary>
internal sealed class StepScheduler : TaskScheduler
{
    private readonly Queue<Task> _ready = new();

    public Task StartAsync(Func<Task> action) => Task.Factory.StartNew(
        action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs everything that can go on, and what comes of it.</summary>
    public void RunAll()
    {
        while (_ready.TryDequeue(out Task? task))
        {
            TryExecuteTask(task);
        }
    }

    protected override void QueueTask(Task task) => _ready.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _ready];
}
