using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Testing;
using StreamKit.Time;

namespace StreamKit.PostgreSql.Tests.Sinks;

public sealed class ColumnTypeTests(SharedServer server)
{
    private static readonly DateTimeOffset s_instant = new(2026, 3, 29, 1, 30, 0, 123, 456, TimeSpan.FromHours(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Expected { get; } =
    [
        "True|255|-32768|-9223372036854775808|0.1|0.1|-79228162514264337593543950335|"
        + "00112233-4455-6677-8899-aabbccddeeff|2026-03-28T23:30:00.123456Z|2026-03-28T23:30:00.123456Z|"
        + "2026-03-28T23:30:00.123456Z|02/29/2024|23:59|-00:00:00.0000010|[0,255]|{\"a\": [1]}|null|null|null|null",
        "False|255|-32768|-9223372036854775808|0.1|0.1|-79228162514264337593543950335|"
        + "00112233-4455-6677-8899-aabbccddeeff|2026-03-28T23:30:00.123456Z|2026-03-28T23:30:00.123456Z|"
        + "2026-03-28T23:30:00.123456Z|02/29/2024|23:59|-00:00:00.0000010|[0,255]|{\"a\": [1]}|null|7|"
        + "2026-03-28T23:30:00.123456Z|2026-03-28T23:30:00.123456Z",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryTypeThatIsKnownComesBackAsItWas(bool upserts)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await WriteAsync(SinkOf(schema, upserts, EveryTypeBehind), 0, 1);
        Assert.Equal(
            Expected.Select((row, i) => $"{i.ToString(CultureInfo.InvariantCulture)}|{row}"),
            await schema.ReadAsync("SELECT * FROM rows ORDER BY id"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ArraysAreColumnsOfArraysOfAnyLengthAndContent(bool upserts)
    {
        string[][] texts = [["a", "\"", "\\", "{,}", " ", "", "NULL", null!, "日本\n"], [], ["one"]];
        await using Schema schema = await server.MakeSchemaAsync();
        PostgreSqlColumns<int> Behind(PostgreSqlColumns<int> id) => id
            .Column("texts", i => texts[i])
            .Column("longs", static i => new long[] { i, long.MinValue }[..i])
            .Column("ints", static i => new int[i])
            .Column("doubles", static _ => new[] { 0.1, double.NaN, double.PositiveInfinity })
            .Column("none", static _ => (double[]?)null);
        await WriteAsync(SinkOf(schema, upserts, Behind), 0, 1, 2);
        Assert.Equal(
            [
                "0|[a,\",\\,{,}, ,,NULL,null,日本\n]|[]|[]|[0.1,NaN,Infinity]|null",
                "1|[]|[1]|[0]|[0.1,NaN,Infinity]|null",
                "2|[one]|[2,-9223372036854775808]|[0,0]|[0.1,NaN,Infinity]|null",
            ],
            await schema.ReadAsync("SELECT * FROM rows ORDER BY id"));
        Assert.Equal(["true"], await schema.ReadAsync("SELECT (texts[8] IS NULL)::text FROM rows WHERE id = 0"));
    }

    [Fact]
    public async Task ATableThatIsThereKeepsItsOwnTypes()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await schema.RunAsync(
            "CREATE TABLE rows (small smallint, amount numeric(10,2), name varchar(5), document json, "
            + "at timestamptz(0), more text DEFAULT 'default')");
        await WriteAsync(
            PostgreSqlSink.Append(schema.ConnectionString, "rows", new PostgreSqlColumns<long>()
                .Column("name", static _ => "abc")
                .Column("small", static i => i)
                .Column("amount", static _ => 1.25m)
                .Column("document", static _ => "[1]")
                .Column("at", static _ => s_instant)),
            3);
        Assert.Equal(
            ["3|1.25|abc|[1]|2026-03-28T23:30:00Z|default"], await schema.ReadAsync("SELECT * FROM rows"));
    }

    [Fact]
    public async Task TheFirstAndTheLastInstantAreInfinite()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await WriteAsync(
            PostgreSqlSink.Append(schema.ConnectionString, "rows", new PostgreSqlColumns<int>()
                .Column("first", static _ => Timestamp.MinValue)
                .Column("last", static _ => DateTimeOffset.MaxValue)),
            0);
        Assert.Equal(
            ["-infinity|infinity"], await schema.ReadAsync("SELECT first::text, last::text FROM rows"));
    }

    [Fact]
    public async Task AColumnIsNotNullWhereItsValuesCannotBe()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await WriteAsync(PostgreSqlSink.Append(
            schema.ConnectionString, "rows", EveryTypeBehind(new PostgreSqlColumns<int>())));
        Assert.Equal(
            ["no_instant", "no_int", "no_text", "no_time", "some_bytes", "some_json"],
            await schema.ReadAsync(
                $"SELECT column_name::text FROM information_schema.columns WHERE table_schema = '{schema.Name}' "
                + "AND is_nullable = 'YES' ORDER BY 1"));
    }

    [Fact]
    public async Task ATimeOfNoKnownZoneIsRefusedByTheNameOfItsColumn()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        ISink<int> sink = PostgreSqlSink.Append(schema.ConnectionString, "rows", new PostgreSqlColumns<int>()
            .Column("at", static _ => new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Unspecified)));
        InvalidOperationException failure =
            await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(sink, 0));
        Assert.Contains("'at'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeThatIsNotKnownIsRefusedBeforeAnythingRuns()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(
            () => new PostgreSqlColumns<int>().Column("address", static _ => new Uri("http://localhost")));
        Assert.Contains("'address'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("System.Uri", failure.Message, StringComparison.Ordinal);
    }

    private static ISink<int> SinkOf(
        Schema schema, bool upserts, Func<PostgreSqlColumns<int>, PostgreSqlColumns<int>> behind)
    {
        var id = new PostgreSqlColumns<int>();
        return upserts
            ? PostgreSqlSink.Upsert(schema.ConnectionString, "rows", behind(id.Key("id", static i => i)))
            : PostgreSqlSink.Append(schema.ConnectionString, "rows", behind(id.Column("id", static i => i)));
    }

    private static PostgreSqlColumns<int> EveryTypeBehind(PostgreSqlColumns<int> id) => id
        .Column("a_bool", static i => i == 0)
        .Column("a_byte", static _ => (byte)255)
        .Column("a_short", static _ => short.MinValue)
        .Column("a_long", static _ => long.MinValue)
        .Column("a_float", static _ => 0.1f)
        .Column("a_double", static _ => 0.1)
        .Column("a_decimal", static _ => -79228162514264337593543950335m)
        .Column("a_guid", static _ => new Guid("00112233-4455-6677-8899-aabbccddeeff"))
        .Column("an_offset", static _ => s_instant)
        .Column("a_local", static _ => s_instant.LocalDateTime)
        .Column("a_timestamp", static _ => (Timestamp)s_instant)
        .Column("a_date", static _ => new DateOnly(2024, 2, 29))
        .Column("a_time", static _ => new TimeOnly(23, 59, 59, 999, 999))
        .Column("a_span", static _ => TimeSpan.FromTicks(-10))
        .Column("some_bytes", static _ => new byte[] { 0, 255 })
        .Column("some_json", static _ => """{"a": [1]}""", type: "jsonb")
        .Column("no_text", static _ => (string?)null)
        .Column("no_int", static i => i == 0 ? (int?)null : 7)
        .Column("no_instant", static i => i == 0 ? (DateTimeOffset?)null : s_instant)
        .Column("no_time", static i => i == 0 ? (Timestamp?)null : s_instant);

    private static async Task WriteAsync<T>(ISink<T> sink, params T[] records)
    {
        await using SinkDriver<T> driver = await SinkDriver.OpenAsync(sink, cancellationToken: Token);
        await driver.WriteAsync(records, Token);
        await driver.FlushAsync(Token);
    }
}
