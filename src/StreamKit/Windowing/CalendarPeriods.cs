namespace StreamKit.Windowing;

/// <summary>Cuts the days of the calendar into periods; says nothing about clocks and zones.</summary>
/// <remarks>Days are counted from 0001-01-01, which is 0; periods from an anchor, also to below zero.</remarks>
internal abstract class CalendarPeriods
{
    /// <summary>The period that a day of the calendar is in.</summary>
    public abstract long IndexOf(long day);

    /// <summary>
    /// The first day of a period; below zero, or above the last day of the calendar, where it has none.
    /// </summary>
    public abstract long FirstDay(long index);

    /// <summary>The quotient rounded down, also below zero; the divisor is positive.</summary>
    public static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
