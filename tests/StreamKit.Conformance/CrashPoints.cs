namespace StreamKit.Conformance;

/// <summary>Where runs over a sink are cut off.</summary>
public static class CrashPoints
{
    /// <summary>
    /// The rhythm of checkpoints, after how many calls the first and the second run are cut off, and whether the call that
    /// was cut off had done its work.
    /// </summary>
    public static IEnumerable<TheoryDataRow<int, int, int, bool>> All() =>
        from rhythm in new[] { 1, 2 }
        from first in Enumerable.Range(0, 15)
        from second in new[] { 0, 1, 3 }
        select new TheoryDataRow<int, int, int, bool>(rhythm, first, second, (first + second) % 2 == 0);
}
