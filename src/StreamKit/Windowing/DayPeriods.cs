namespace StreamKit.Windowing;

/// <summary>Periods of so many days each, one of which begins on the anchor.</summary>
internal sealed class DayPeriods(DateOnly anchor, long days) : CalendarPeriods
{
    public override long IndexOf(long day) => FloorDivide(day - anchor.DayNumber, days);

    public override long FirstDay(long index) => anchor.DayNumber + (index * days);
}
