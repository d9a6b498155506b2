namespace StreamKit.Windowing;

/// <summary>Periods of so many months each, one of which begins on the anchor.</summary>
/// <remarks>
/// They begin on the anchor's day of the month; in a month that lacks it, on the last day. Every first day is counted
/// from the anchor itself, so a short month does not move those after it.
/// </remarks>
internal sealed class MonthPeriods(DateOnly anchor, int months) : CalendarPeriods
{
    private const int MonthsPerYear = 12;

    public override long IndexOf(long day)
    {
        long index = FloorDivide(MonthOf(DateOnly.FromDayNumber((int)day)) - MonthOf(anchor), months);
        return FirstDay(index) > day ? index - 1 : index;
    }

    public override long FirstDay(long index)
    {
        long month = MonthOf(anchor) + (index * months);
        long year = FloorDivide(month, MonthsPerYear);
        if (year < DateOnly.MinValue.Year || year > DateOnly.MaxValue.Year)
        {
            return year < DateOnly.MinValue.Year ? -1 : DateOnly.MaxValue.DayNumber + 1L;
        }

        int ofYear = (int)(month - (year * MonthsPerYear)) + 1;
        int ofMonth = Math.Min(anchor.Day, DateTime.DaysInMonth((int)year, ofYear));
        return new DateOnly((int)year, ofYear, ofMonth).DayNumber;
    }

    private static long MonthOf(DateOnly date) => (date.Year * MonthsPerYear) + date.Month - 1;
}
