namespace StreamKit.Runtime;

/// <summary>How long a subtask looks again and again before it goes to sleep.</summary>
/// <remarks>
/// Being put to sleep and woken costs some ten microseconds, so it looks for about as long. Where sleeps turn out to be
/// short, the other side is at work all the time, and looking ten times longer is the better bet: it also keeps two
/// subtasks from taking turns on one processor while another one idles, which a system sees only when both want to run.
/// The processor is not yielded meanwhile, for the same reason.
/// </remarks>
/// <param name="clock">Measures the sleeps.</param>
/// <param name="looks">Whether somebody else can be at work meanwhile.</param>
internal sealed class Patience(TimeProvider clock, bool looks)
{
    private const int Short = 30;
    private const int Long = 300;
    private static readonly TimeSpan s_shortSleep = TimeSpan.FromMicroseconds(250);

    private int _rounds = looks ? Short : 0;

    /// <summary>How often to look before sleeping.</summary>
    public int Rounds => _rounds;

    /// <summary>One short look away, some hundreds of nanoseconds.</summary>
    public static void Pause() => Thread.SpinWait(10);

    public long BeginSleep() => clock.GetTimestamp();

    public void EndSleep(long began)
    {
        if (looks)
        {
            _rounds = clock.GetElapsedTime(began) < s_shortSleep ? Long : Short;
        }
    }
}
