using StreamKit.PostgreSql.Writing;

namespace StreamKit.PostgreSql;

/// <summary>How records become rows: the columns, each with its name and where its value comes from.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// <para>
/// Types that are known: <see cref="string"/>, <see cref="bool"/>, integers but the unsigned (<see cref="byte"/> is
/// one), <see cref="float"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="Guid"/>,
/// <see cref="DateTimeOffset"/>, <see cref="DateTime"/> and <see cref="StreamKit.Time.Timestamp"/> (in UTC, with time
/// zone), <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="TimeSpan"/>, arrays of bytes, and of strings,
/// integers and <see cref="double"/>; also nullable. Any other needs its type of PostgreSQL said, and Npgsql must know
/// how to write it.
/// </para>
/// <para>
/// PostgreSQL keeps instants to the microsecond; a tick less is cut off. The first and the last instant of .NET become
/// -infinity and infinity.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// PostgreSqlColumns&lt;Visit&gt; columns = new PostgreSqlColumns&lt;Visit&gt;()
///     .Column("page", visit => visit.Page)
///     .Column("at", visit => visit.Time)
///     .Column("details", visit => visit.Json, type: "jsonb");
/// </code>
/// </example>
public sealed class PostgreSqlColumns<T>
{
    private readonly List<Column<T>> _columns = [];
    private Func<T, bool>? _deletes;

    /// <summary>No columns yet.</summary>
    public PostgreSqlColumns()
    {
    }

    /// <summary>Adds a column of the key: a row replaces the one before that has the same key.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="name">The column's name, as it is; capitals count.</param>
    /// <param name="value">Its value of a record; never null.</param>
    /// <param name="type">
    /// Its type where the table is made here, such as "varchar(20)"; null: the one that fits
    /// <typeparamref name="TValue"/>. In a table that there is, the column's own type counts.
    /// </param>
    /// <returns>These columns.</returns>
    /// <exception cref="ArgumentException">
    /// The name cannot be one or is there twice, or no type is known for <typeparamref name="TValue"/>.
    /// </exception>
    public PostgreSqlColumns<T> Key<TValue>(string name, Func<T, TValue> value, string? type = null) =>
        Add(ColumnTypes.Create(name, value, type, isKey: true));

    /// <summary>Adds a column.</summary>
    /// <typeparam name="TValue">The type of the values; NOT NULL follows from one that cannot be null.</typeparam>
    /// <param name="name">The column's name, as it is; capitals count.</param>
    /// <param name="value">Its value of a record.</param>
    /// <param name="type">
    /// Its type where the table is made here, such as "jsonb"; null: the one that fits <typeparamref name="TValue"/>.
    /// In a table that there is, the column's own type counts.
    /// </param>
    /// <returns>These columns.</returns>
    /// <exception cref="ArgumentException">
    /// The name cannot be one or is there twice, or no type is known for <typeparamref name="TValue"/>.
    /// </exception>
    public PostgreSqlColumns<T> Column<TValue>(string name, Func<T, TValue> value, string? type = null) =>
        Add(ColumnTypes.Create(name, value, type, isKey: false));

    /// <summary>Says which records delete the row of their key instead of writing it.</summary>
    /// <param name="condition">True for a record that deletes, such as a retraction.</param>
    /// <returns>These columns.</returns>
    public PostgreSqlColumns<T> DeleteWhen(Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _deletes = condition;
        return this;
    }

    /// <summary>What a sink writes; columns that are added later do not concern it.</summary>
    internal RowShape<T> Freeze() => new([.. _columns], _deletes);

    private PostgreSqlColumns<T> Add(Column<T> column)
    {
        if (_columns.Any(other => other.Name == column.Name))
        {
            throw new ArgumentException($"There is a column '{column.Name}' already.", nameof(column));
        }

        _columns.Add(column);
        return this;
    }
}
