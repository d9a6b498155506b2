namespace StreamKit.PostgreSql.Tests.Contracts;

/// <summary>A record with text that needs care, an instant and a number.</summary>
public sealed record Visit(string Page, DateTimeOffset At, double? Milliseconds)
{
    public static IReadOnlyList<Visit> Several { get; } =
    [
        new("it's \"quoted\", \\ and ; DROP TABLE visits", new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)), 1.5),
        new("日本 🙂\n\t", DateTimeOffset.UnixEpoch.AddMicroseconds(-1), null),
        new("", new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), double.NaN),
        new("last", DateTimeOffset.UnixEpoch, double.NegativeInfinity),
    ];

    public static PostgreSqlColumns<Visit> Columns => new PostgreSqlColumns<Visit>()
        .Column("page", static visit => visit.Page)
        .Column("at", static visit => visit.At)
        .Column("milliseconds", static visit => visit.Milliseconds);

    // Records with equal instants and different offsets are equal: the instant is what a table keeps.
    public static Visit From(string page, DateTime at, double? milliseconds) =>
        new(page, new DateTimeOffset(at), milliseconds);
}
