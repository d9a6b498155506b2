using StreamKit.Connectors;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>What a sink was told: where the rows go, and how.</summary>
internal sealed record TableTarget<T>(
    Database Database, TableName Name, RowShape<T> Shape, bool IsMerged, PostgreSqlSinkOptions Options)
{
    public SinkMode Mode => !IsMerged ? SinkMode.Append
        : Shape.Deletes is null ? SinkMode.Upsert
        : SinkMode.Retract;

    public Link Connect(SinkContext context) => new(Database, Options.RetryFor, context.Clock, context.Logger);

    public RowWriter<T> WriterOf(Link link)
    {
        var table = new Table<T>(Name, Shape, Options.CreateTable, Database, link.Logger);
        return IsMerged ? new MergeWriter<T>(table, Options.BatchRecords, Database) : new CopyWriter<T>(table);
    }
}
