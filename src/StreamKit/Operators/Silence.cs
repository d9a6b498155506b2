using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Moves the watermark on by the clock when nothing has come on any split for a while.</summary>
/// <param name="afterTicks">How long the silence must have lasted.</param>
/// <param name="granularity">The distance between the watermarks that can change anything; 0: any can.</param>
internal sealed class Silence(long afterTicks, long granularity)
{
    // Where any watermark can matter there must be some step: finer than anybody looks at, coarse enough to cost
    // nothing.
    private const long StepTicks = TimeSpan.TicksPerMillisecond * 100;

    private long _heardAt;

    // Where time stood when the silence began to count.
    private long _base = long.MinValue;
    private long _highest = long.MinValue;
    private int _held;
    private long _heldAt;

    /// <summary>Records have come, at this reading of the listening clock.</summary>
    public void Heard(long listening, long highest)
    {
        _heardAt = _held > 0 ? _heldAt : listening;
        _highest = Math.Max(_highest, highest);
    }

    /// <summary>A split is not read for a while: what is not asked for is not silence.</summary>
    public void Hold(long listening)
    {
        if (_held++ == 0)
        {
            _heldAt = listening;
        }
    }

    public void Release(long listening)
    {
        if (--_held == 0)
        {
            _heardAt += listening - _heldAt;
        }
    }

    /// <summary>How far time has come now that the splits have brought it to <paramref name="current"/>.</summary>
    public long Advance(long listening, long current)
    {
        if (!IsUnderWay(current))
        {
            return current;
        }

        long silence = listening - _heardAt;
        long beyond = Math.Max(0, silence - afterTicks);

        // Time may also have gone on because a split turned idle; the clock goes on from there.
        _base = Math.Max(_base, TickMath.Add(current, -beyond));
        return Math.Max(current, Math.Min(TickMath.Add(_base, beyond), TickMath.Add(_highest, silence)));
    }

    /// <summary>The reading of the listening clock at which time has come to the next watermark that matters.</summary>
    public long NextDue(long current, long sent)
    {
        if (!IsUnderWay(current) || _base == long.MinValue || granularity == long.MaxValue)
        {
            return long.MaxValue;
        }

        long target = granularity == 0
            ? TickMath.Add(current, StepTicks)
            : TickMath.Add(TickMath.AlignedStart(sent, granularity, 0), granularity);
        long silence = Math.Max(
            TickMath.Add(afterTicks, TickMath.Add(target, -_base)), TickMath.Add(target, -_highest));
        return TickMath.Add(_heardAt, silence);
    }

    private bool IsUnderWay(long current) =>
        _held == 0 && _highest != long.MinValue && current is not (long.MinValue or long.MaxValue);
}
