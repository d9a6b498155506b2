namespace StreamKit.Tables;

/// <summary>A row as window results have it.</summary>
internal sealed record PageCount(string Page, DateTimeOffset Minute, long Visits, double Mean)
{
    /// <summary>Rows of distinct keys.</summary>
    public static PageCount[] Make(int rows) =>
    [
        .. Enumerable.Range(0, rows).Select(static i => new PageCount(
            $"/products/{i % 5000:d4}",
            DateTimeOffset.UnixEpoch.AddMinutes(i / 5000),
            i,
            i / 7.0)),
    ];
}
