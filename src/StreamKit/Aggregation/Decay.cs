namespace StreamKit.Aggregation;

/// <summary>Splits instants into whole half-lives and the rest, which is all that decaying weights need.</summary>
internal readonly struct Decay(long halfLifeTicks)
{
    // Beyond this many half-lives a weight is zero as a double, whatever it multiplies.
    private const int Forgotten = 4096;

    private readonly long _halfLifeTicks = halfLifeTicks;

    /// <summary>How many whole half-lives an instant lies after the epoch, rounded down.</summary>
    public long PeriodOf(long ticks) =>
        (ticks / _halfLifeTicks) - (ticks % _halfLifeTicks < 0 ? 1 : 0);

    /// <summary>The part of a half-life, below one, by which an instant lies after the start of its period.</summary>
    public double FractionOf(long ticks)
    {
        long rest = ticks % _halfLifeTicks;
        return (rest < 0 ? rest + _halfLifeTicks : rest) / (double)_halfLifeTicks;
    }

    /// <summary>How many periods one lies after another, as an exponent of two.</summary>
    public static int Between(long from, long to) => (int)Int128.Clamp((Int128)to - from, -Forgotten, Forgotten);
}
