namespace StreamKit.Runtime;

/// <summary>Who wants to know that a job has ended for good, however often it was started again.</summary>
internal sealed class JobEnd
{
    private readonly Lock _lock = new();
    private readonly List<Action<Exception?>> _waiting = [];

    /// <summary>Has something called in the end, with the failure after which the job is not started again.</summary>
    public void Add(Action<Exception?> told)
    {
        lock (_lock)
        {
            _waiting.Add(told);
        }
    }

    /// <summary>The job has ended; null: without a failure.</summary>
    public void Tell(Exception? failure)
    {
        Action<Exception?>[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        Array.ForEach(waiting, told => told(failure));
    }
}
