using StreamKit.Diagnostics;

namespace StreamKit.Runtime;

/// <summary>The restarts of a job so far; decides whether there is one more, and when.</summary>
/// <remarks>
/// A record that makes the job fail each time would be read again for ever: after the same failure at the same record,
/// with no checkpoint completed in between, the job stays down however many restarts are allowed.
/// </remarks>
internal sealed class RestartHistory(RestartPolicy policy, TimeProvider clock)
{
    private int _restarts;
    private long _startedAt;
    private string? _lastFailure;
    private long _lastCompleted;
    private int _sameFailures;
    private object? _last;

    /// <summary>How many restarts there have been, those forgotten included.</summary>
    public int Total { get; private set; }

    /// <summary>When the last of them was decided; null while there is none.</summary>
    // Behind a reference, because readers on other threads must not see half of it.
    public DateTimeOffset? Last => (DateTimeOffset?)Volatile.Read(ref _last);

    public void Started() => _startedAt = clock.GetTimestamp();

    /// <summary>Whether the job is started again after a failure, and after what delay.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="completed">How many checkpoints have been completed since the job was started first.</param>
    /// <param name="delay">How long to wait.</param>
    /// <param name="isPoison">Whether it is not, because the same failure comes again and again.</param>
    public bool TryRestart(Exception failure, long completed, out TimeSpan delay, out bool isPoison)
    {
        (delay, isPoison) = (TimeSpan.Zero, false);
        if (policy.MaxRestarts == 0)
        {
            return false;
        }

        if (clock.GetElapsedTime(_startedAt) >= policy.Within)
        {
            _restarts = 0;
        }

        string description = Describe(failure);
        _sameFailures = description == _lastFailure && completed == _lastCompleted ? _sameFailures + 1 : 1;
        (_lastFailure, _lastCompleted) = (description, completed);
        isPoison = _sameFailures > policy.MaxSameFailures;
        if (isPoison || _restarts >= policy.MaxRestarts)
        {
            return false;
        }

        double ticks = policy.FirstDelay.Ticks * Math.Pow(policy.Factor, _restarts);
        delay = new TimeSpan((long)Math.Min(ticks, policy.MaxDelay.Ticks));
        _restarts++;
        Volatile.Write(ref _last, clock.GetUtcNow());
        Total++;
        return true;
    }

    private static string Describe(Exception failure) => failure is StreamException at
        ? $"{at.Operator}|{at.Key}|{at.EventTime:O}|{at.InnerException?.GetType()}|{at.InnerException?.Message}"
        : $"{failure.GetType()}|{failure.Message}";
}
