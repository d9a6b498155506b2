namespace StreamKit.Runtime;

/// <summary>How long a subtask looks again and again before it goes to sleep.</summary>
/// <remarks>
/// Being put to sleep and woken costs some ten microseconds, so it looks for about as long. Where sleeps turn out to be
/// short, the other side is at work all the time, and looking ten times longer is the better bet: it also keeps two
/// subtasks from taking turns on one processor while another one idles, which a system sees only when both want to run.
/// The processor is not yielded meanwhile, for the same reason. But where others wait for a thread, whoever looks keeps
/// it from them, and perhaps from the very one that it waits for.
/// </remarks>
/// <param name="clock">Measures the sleeps.</param>
/// <param name="looks">Whether somebody else can be at work meanwhile.</param>
/// <param name="othersWait">Whether somebody who could go on waits for a thread.</param>
internal sealed class Patience(TimeProvider clock, bool looks, Func<bool> othersWait)
{
    private const int Short = 30;
    private const int Long = 300;

    // To ask for those who wait costs some hundred nanoseconds on a machine with many threads.
    private const int LooksBetweenQuestions = 8;
    private static readonly TimeSpan s_shortSleep = TimeSpan.FromMicroseconds(250);

    private int _most = looks ? Short : 0;

    /// <summary>Whether to look once more before sleeping.</summary>
    /// <param name="looked">How often one has looked.</param>
    public bool LooksAgain(int looked) =>
        looked < _most && (looked % LooksBetweenQuestions != 0 || !othersWait());

    /// <summary>One short look away, some hundreds of nanoseconds.</summary>
    public static void Pause() => Thread.SpinWait(10);

    public long BeginSleep() => clock.GetTimestamp();

    public void EndSleep(long began)
    {
        if (looks)
        {
            _most = clock.GetElapsedTime(began) < s_shortSleep ? Long : Short;
        }
    }
}
