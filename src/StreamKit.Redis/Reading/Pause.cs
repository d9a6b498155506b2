namespace StreamKit.Redis.Reading;

/// <summary>The waits between looks at a stream that is quiet: short at first, then longer.</summary>
/// <remarks>
/// A read that blocks at the server would block everybody who shares the connection, and could not be given up; a
/// connection of its own for each stream costs more than a small question ten times a second.
/// </remarks>
internal sealed class Pause(TimeSpan longest, TimeProvider clock)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(1);

    private TimeSpan _next = s_first;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_next < longest ? _next : longest, clock, cancellationToken).ConfigureAwait(false);
        _next = _next < longest ? _next * 2 : longest;
    }

    public void Reset() => _next = s_first;
}
