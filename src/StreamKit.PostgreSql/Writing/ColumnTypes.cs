using StreamKit.Time;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Which type of PostgreSQL a column gets for a type of .NET.</summary>
internal static class ColumnTypes
{
    private const string Instant = "timestamp with time zone";

    private static readonly Dictionary<Type, string> s_types = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = "boolean",
        [typeof(byte)] = "smallint",
        [typeof(sbyte)] = "smallint",
        [typeof(short)] = "smallint",
        [typeof(int)] = "integer",
        [typeof(long)] = "bigint",
        [typeof(float)] = "real",
        [typeof(double)] = "double precision",
        [typeof(decimal)] = "numeric",
        [typeof(Guid)] = "uuid",
        [typeof(DateOnly)] = "date",
        [typeof(TimeOnly)] = "time without time zone",
        [typeof(TimeSpan)] = "interval",
        [typeof(byte[])] = "bytea",
    };

    /// <exception cref="ArgumentException">The name cannot be one, or no type is known for the values.</exception>
    public static Column<T> Create<T, TValue>(string name, Func<T, TValue> value, string? type, bool isKey)
    {
        ArgumentNullException.ThrowIfNull(value);

        // Instants have several types in .NET, and one in PostgreSQL, which takes them in UTC only.
        return value switch
        {
            Func<T, DateTimeOffset> instant => Make<T, DateTime>(
                name, record => instant(record).UtcDateTime, type ?? Instant, isKey),
            Func<T, DateTimeOffset?> instant => Make<T, DateTime?>(
                name, record => instant(record)?.UtcDateTime, type ?? Instant, isKey),
            Func<T, Timestamp> instant => Make<T, DateTime>(
                name, record => instant(record).ToDateTimeOffset().UtcDateTime, type ?? Instant, isKey),
            Func<T, Timestamp?> instant => Make<T, DateTime?>(
                name, record => instant(record)?.ToDateTimeOffset().UtcDateTime, type ?? Instant, isKey),
            Func<T, DateTime> date => Make<T, DateTime>(
                name, record => ToUtc(date(record), name), type ?? Instant, isKey),
            Func<T, DateTime?> date => Make<T, DateTime?>(
                name, record => date(record) is { } given ? ToUtc(given, name) : null, type ?? Instant, isKey),
            Func<T, string[]?> texts => new ListColumn<T, string>(name, texts, type ?? "text[]", isKey),
            Func<T, int[]?> numbers => new ListColumn<T, int>(name, numbers, type ?? "integer[]", isKey),
            Func<T, long[]?> numbers => new ListColumn<T, long>(name, numbers, type ?? "bigint[]", isKey),
            Func<T, double[]?> numbers => new ListColumn<T, double>(name, numbers, type ?? "double precision[]", isKey),
            _ => Make(name, value, type ?? TypeOf<TValue>(name), isKey),
        };
    }

    private static TypedColumn<T, TValue> Make<T, TValue>(
        string name, Func<T, TValue> value, string type, bool isKey) =>
        new(name, value, type, isKey, default(TValue) is null);

    private static string TypeOf<TValue>(string column)
    {
        Type type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        return s_types.TryGetValue(type, out string? found)
            ? found
            : throw new ArgumentException(
                $"Column '{column}' has values of '{type}', for which no type of PostgreSQL is known. Make a string, a "
                + "number or an instant of them, add a column for each of their parts, or say the type, as in "
                + "type: \"jsonb\".",
                nameof(column));
    }

    private static DateTime ToUtc(DateTime value, string column) => value.Kind == DateTimeKind.Unspecified
        ? throw new InvalidOperationException(
            $"Column '{column}' got a DateTime of kind Unspecified, so the instant is not known. Use a DateTimeOffset.")
        : value.ToUniversalTime();
}
