using Npgsql;
using StreamKit.Connectors;
using StreamKit.PostgreSql.Connections;
using StreamKit.PostgreSql.Writing;
using StreamKit.Windowing;

namespace StreamKit.PostgreSql;

/// <summary>Sinks that write to tables of PostgreSQL.</summary>
/// <remarks>
/// <para>
/// A table is named "table" or "schema.table". Names are taken as they are, so capitals count. Where the table is
/// missing it is made, unless <see cref="PostgreSqlSinkOptions.CreateTable"/> says no; the schema must be there.
/// </para>
/// <para>
/// Each sink keeps one connection. Errors that pass are waited out, see <see cref="PostgreSqlSinkOptions.RetryFor"/>;
/// others fail the job with an <see cref="InvalidOperationException"/> that says what the server said. No message holds
/// a password.
/// </para>
/// </remarks>
public static class PostgreSqlSink
{
    /// <summary>Appends a row for each record.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connectionString">The connection string, such as "Host=localhost;Database=stats".</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns; none of them a key.</param>
    /// <param name="options">How to write; null: the defaults.</param>
    /// <remarks>
    /// By COPY, in the order of the records. At least once, unless
    /// <see cref="PostgreSqlSinkOptions.ExactlyOnce"/> says more: what was written since the last checkpoint is written
    /// again after a failure, and so is a batch whose commit was not answered.
    /// </remarks>
    /// <exception cref="ArgumentException">A name cannot be one; there are no columns, or one is a key.</exception>
    /// <example>
    /// <code>
    /// visits.To(PostgreSqlSink.Append("Host=localhost;Database=stats", "visits", new PostgreSqlColumns&lt;Visit&gt;()
    ///     .Column("page", visit => visit.Page)
    ///     .Column("at", visit => visit.Time)));
    /// </code>
    /// </example>
    public static ISink<T> Append<T>(
        string connectionString, string table, PostgreSqlColumns<T> columns, PostgreSqlSinkOptions? options = null) =>
        Append(Database.Of(connectionString), table, columns, options);

    /// <inheritdoc cref="Append{T}(string, string, PostgreSqlColumns{T}, PostgreSqlSinkOptions?)"/>
    /// <param name="dataSource">Where connections come from; it stays open.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns; none of them a key.</param>
    /// <param name="options">How to write; null: the defaults.</param>
    public static ISink<T> Append<T>(
        NpgsqlDataSource dataSource,
        string table,
        PostgreSqlColumns<T> columns,
        PostgreSqlSinkOptions? options = null) => Append(Database.Of(dataSource), table, columns, options);

    /// <summary>Writes a row for each key; a later record replaces the row of its key.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="connectionString">The connection string, such as "Host=localhost;Database=stats".</param>
    /// <param name="table">The table; it has a primary key or a unique index on exactly the columns of the key.</param>
    /// <param name="columns">
    /// The columns; at least one is a key. With <see cref="PostgreSqlColumns{T}.DeleteWhen"/> the sink also takes rows
    /// back, and so accepts streams that retract.
    /// </param>
    /// <param name="options">How to write; null: the defaults.</param>
    /// <remarks>
    /// A record that is written again replaces itself, so after a failure the table ends with the same content.
    /// </remarks>
    /// <exception cref="ArgumentException">A name cannot be one; there are no columns, or none is a key.</exception>
    /// <example>
    /// <code>
    /// orders.To(PostgreSqlSink.Upsert("Host=localhost;Database=shop", "orders", new PostgreSqlColumns&lt;Order&gt;()
    ///     .Key("id", order => order.Id)
    ///     .Column("state", order => order.State)));
    /// </code>
    /// </example>
    public static ISink<T> Upsert<T>(
        string connectionString, string table, PostgreSqlColumns<T> columns, PostgreSqlSinkOptions? options = null) =>
        Upsert(Database.Of(connectionString), table, columns, options);

    /// <inheritdoc cref="Upsert{T}(string, string, PostgreSqlColumns{T}, PostgreSqlSinkOptions?)"/>
    /// <param name="dataSource">Where connections come from; it stays open.</param>
    /// <param name="table">The table; it has a primary key or a unique index on exactly the columns of the key.</param>
    /// <param name="columns">The columns; at least one is a key.</param>
    /// <param name="options">How to write; null: the defaults.</param>
    public static ISink<T> Upsert<T>(
        NpgsqlDataSource dataSource,
        string table,
        PostgreSqlColumns<T> columns,
        PostgreSqlSinkOptions? options = null) => Upsert(Database.Of(dataSource), table, columns, options);

    /// <summary>
    /// Writes window results to a table with the columns "window_start", "window_end" and "key", which are its key, and
    /// "value".
    /// </summary>
    /// <typeparam name="TKey">The type of the keys, one that <see cref="PostgreSqlColumns{T}"/> knows.</typeparam>
    /// <typeparam name="TValue">The type of the results, one that it knows.</typeparam>
    /// <param name="connectionString">The connection string, such as "Host=localhost;Database=stats".</param>
    /// <param name="table">The table.</param>
    /// <param name="options">How to write; null: the defaults.</param>
    /// <remarks>
    /// A later result of a window replaces the earlier one, a retraction deletes it. For results of several parts take
    /// <see cref="Upsert{T}(string, string, PostgreSqlColumns{T}, PostgreSqlSinkOptions?)"/> with
    /// <see cref="PostgreSqlWindows.Columns{TKey, TValue}"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">A name cannot be one, or a type is not known.</exception>
    /// <example>
    /// <code>
    /// visits.KeyBy(visit => visit.Page).Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1))).Count()
    ///     .To(PostgreSqlSink.WindowResults&lt;string, long&gt;("Host=localhost;Database=stats", "visits_per_minute"));
    /// </code>
    /// </example>
    public static ISink<WindowResult<TKey, TValue>> WindowResults<TKey, TValue>(
        string connectionString, string table, PostgreSqlSinkOptions? options = null) =>
        Upsert(Database.Of(connectionString), table, ColumnsOf<TKey, TValue>(), options);

    /// <inheritdoc cref="WindowResults{TKey, TValue}(string, string, PostgreSqlSinkOptions?)"/>
    /// <param name="dataSource">Where connections come from; it stays open.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">How to write; null: the defaults.</param>
    public static ISink<WindowResult<TKey, TValue>> WindowResults<TKey, TValue>(
        NpgsqlDataSource dataSource, string table, PostgreSqlSinkOptions? options = null) =>
        Upsert(Database.Of(dataSource), table, ColumnsOf<TKey, TValue>(), options);

    private static PostgreSqlColumns<WindowResult<TKey, TValue>> ColumnsOf<TKey, TValue>() =>
        PostgreSqlWindows.Columns<TKey, TValue>()
            .Key("key", static result => result.Key)
            .Column("value", static result => result.Value);

    private static ISink<T> Append<T>(
        Database database, string table, PostgreSqlColumns<T> columns, PostgreSqlSinkOptions? options)
    {
        RowShape<T> shape = ShapeOf(columns);
        if (shape.Keys.FirstOrDefault() is { } key)
        {
            throw new ArgumentException(
                $"Rows that are appended replace nothing, so '{key.Name}' cannot be a key. Use Column, or Upsert.",
                nameof(columns));
        }

        if (shape.Deletes is not null)
        {
            throw new ArgumentException("Rows that are appended delete nothing: use Upsert.", nameof(columns));
        }

        return Create(database, table, shape, isMerged: false, options);
    }

    private static ISink<T> Upsert<T>(
        Database database, string table, PostgreSqlColumns<T> columns, PostgreSqlSinkOptions? options)
    {
        RowShape<T> shape = ShapeOf(columns);
        return shape.Keys.Any()
            ? Create(database, table, shape, isMerged: true, options)
            : throw new ArgumentException(
                "A row replaces the one of the same key, so at least one column is a key: use Key.", nameof(columns));
    }

    private static RowShape<T> ShapeOf<T>(PostgreSqlColumns<T> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        RowShape<T> shape = columns.Freeze();
        return shape.Columns.Count > 0
            ? shape
            : throw new ArgumentException("There are no columns.", nameof(columns));
    }

    private static ISink<T> Create<T>(
        Database database, string table, RowShape<T> shape, bool isMerged, PostgreSqlSinkOptions? options)
    {
        var name = TableName.Parse(table);
        PostgreSqlSinkOptions write = (options ?? new PostgreSqlSinkOptions()).Validated();
        var target = new TableTarget<T>(database, name, shape, isMerged, write);
        return write.ExactlyOnce ? new EpochSink<T>(target) : new TableSink<T>(target);
    }
}
