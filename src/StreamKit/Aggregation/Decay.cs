using StreamKit.Serialization;

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

    /// <summary>Writes the half-life, without which what was weighted by it means nothing.</summary>
    public void Write(ref StateWriter writer) => writer.Write(_halfLifeTicks);

    /// <summary>Sees to it that what follows was weighted by this half-life.</summary>
    /// <exception cref="StateException">It was another.</exception>
    public void Check(ref StateReader reader)
    {
        long written = reader.ReadInt64();
        if (written != _halfLifeTicks)
        {
            throw new StateException(
                $"The state of a decaying sum has a half-life of {TimeSpan.FromTicks(written)} and the program one of "
                + $"{TimeSpan.FromTicks(_halfLifeTicks)}. Set it back, or begin with new state.");
        }
    }
}
