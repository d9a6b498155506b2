using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Connectors;
using StreamKit.PostgreSql;

namespace StreamKit.Tables;

/// <summary>The sinks, written to as the engine does.</summary>
internal static class Sinks
{
    private const int BatchSize = 1024;

    private static PostgreSqlSinkOptions Options => new() { BatchRecords = Bare.BatchRows };

    private static PostgreSqlColumns<PageCount> Plain => new PostgreSqlColumns<PageCount>()
        .Column("page", static row => row.Page)
        .Column("minute", static row => row.Minute)
        .Column("visits", static row => row.Visits)
        .Column("mean", static row => row.Mean);

    private static PostgreSqlColumns<PageCount> Keyed => new PostgreSqlColumns<PageCount>()
        .Key("minute", static row => row.Minute)
        .Key("page", static row => row.Page)
        .Column("visits", static row => row.Visits)
        .Column("mean", static row => row.Mean);

    public static Task AppendAsync(string connection, PageCount[] rows) =>
        WriteAsync(PostgreSqlSink.Append(connection, "counts", Plain, Options), rows);

    public static Task UpsertAsync(string connection, PageCount[] rows) =>
        WriteAsync(PostgreSqlSink.Upsert(connection, "counts", Keyed, Options), rows);

    private static async Task WriteAsync(ISink<PageCount> sink, PageCount[] rows)
    {
        var context = new SinkContext("sink", TimeProvider.System, NullLogger.Instance);
        await using ISinkWriter<PageCount> writer = await sink.OpenAsync(context, CancellationToken.None);
        long[] timestamps = new long[BatchSize];
        for (int from = 0; from < rows.Length; from += BatchSize)
        {
            int count = Math.Min(BatchSize, rows.Length - from);
            await writer.WriteAsync(
                new SinkBatch<PageCount>(rows.AsMemory(from, count), timestamps.AsMemory(0, count)),
                CancellationToken.None);
        }

        await writer.FlushAsync(CancellationToken.None);
    }
}
