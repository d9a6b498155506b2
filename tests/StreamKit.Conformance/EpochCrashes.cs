namespace StreamKit.Conformance;

/// <summary>Where runs of a sink that commits in two phases are cut off.</summary>
public static class EpochCrashes
{
    /// <summary>
    /// Every so many epochs a checkpoint is complete; after so many calls the first and the second run are cut off;
    /// whether the first is closed then.
    /// </summary>
    public static IEnumerable<TheoryDataRow<int, int, int, bool>> All() =>
        from rhythm in new[] { 1, 2 }
        from first in Enumerable.Range(0, 15)
        from second in new[] { 0, 1, 3 }
        select new TheoryDataRow<int, int, int, bool>(rhythm, first, second, (first + second) % 2 == 0);
}
