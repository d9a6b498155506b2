using StreamKit;
using StreamKit.PostgreSql;
using StreamKit.Windowing;

namespace HashtagTracker.Sinks;

/// <summary>Counts in PostgreSQL: a row for each window and hashtag.</summary>
internal static class PostgresCounts
{
    /// <summary>The table, which is made where there is none.</summary>
    public const string Table = "hashtag_counts";

    /// <summary>Writes rows that a later count replaces; with checkpoints each once, whatever fails.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="variable">The environment variable with the connection string, which may hold a password and so
    /// stays out of the command line.</param>
    /// <param name="hasCheckpoints">Whether the job takes checkpoints.</param>
    public static void Add(DataStream<WindowResult<string, long>> counts, string variable, bool hasCheckpoints)
    {
        string connection = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set
            ? set
            : throw new TrackerException($"The environment variable '{variable}' holds no connection string.");
        PostgreSqlColumns<WindowResult<string, long>> columns = PostgreSqlWindows.Columns<string, long>()
            .Key("hashtag", count => count.Key)
            .Column("count", count => count.Value);
        try
        {
            var options = new PostgreSqlSinkOptions { ExactlyOnce = hasCheckpoints };
            counts.To(PostgreSqlSink.Upsert(connection, Table, columns, options), "postgres");
        }
        catch (ArgumentException exception)
        {
            throw new TrackerException($"The environment variable '{variable}': {exception.Message}");
        }
    }
}
