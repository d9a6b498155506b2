using Npgsql;

namespace StreamKit.PostgreSql.Writing;

/// <summary>A column of values of one type, which are written without being boxed.</summary>
internal sealed class TypedColumn<T, TValue>(
    string name, Func<T, TValue> value, string type, bool isKey, bool isNullable)
    : Column<T>(name, type, isKey, isNullable)
{
    public override Task WriteAsync(
        NpgsqlBinaryImporter rows, T record, string type, CancellationToken cancellationToken) =>
        value(record) is { } present
            ? rows.WriteAsync(present, type, cancellationToken)
            : rows.WriteNullAsync(cancellationToken);

    public override NpgsqlParameter ToArray(ReadOnlySpan<T> records, string type)
    {
        var values = new TValue[records.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(records[i]);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, DataTypeName = type + "[]" };
    }
}
