using System.Numerics;
using FsCheck.Xunit;
using StreamKit.Aggregation;
using StreamKit.Serialization;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Tests.Serialization;

/// <summary>A value of every type that is known from the start reads back as what it was.</summary>
public class BuiltInTypesProperties
{
    private static readonly StateTypes Types = new();

    [Property]
    public void WholeNumbersComeBack(sbyte a, short b, int c, long d, byte e, ushort f, uint g, ulong h)
    {
        ComesBack(a);
        ComesBack(b);
        ComesBack(c);
        ComesBack(d);
        ComesBack(e);
        ComesBack(f);
        ComesBack(g);
        ComesBack(h);
        ComesBack((nint)c);
        ComesBack((nuint)g);
        ComesBack(((Int128)d * 3) << 60);
        ComesBack((UInt128)h << 63);
    }

    [Property]
    public void OtherNumbersComeBack(float a, double b, decimal c, BigInteger d, char e, bool f)
    {
        Assert.Equal(BitConverter.SingleToInt32Bits(a), BitConverter.SingleToInt32Bits(Through(a)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(b), BitConverter.DoubleToInt64Bits(Through(b)));
        Assert.Equal(decimal.GetBits(c), decimal.GetBits(Through(c)));
        ComesBack((Half)a);
        ComesBack(d);
        ComesBack(e);
        ComesBack(f);
    }

    [Property]
    public void DatesAndTimesComeBack(DateTime a, DateTimeOffset b, TimeSpan c, long ticks)
    {
        foreach (DateTimeKind kind in Enum.GetValues<DateTimeKind>())
        {
            DateTime date = DateTime.SpecifyKind(a, kind);
            Assert.Equal((date, date.Kind), (Through(date), Through(date).Kind));
        }

        Assert.True(b.EqualsExact(Through(b)));
        ComesBack(c);
        ComesBack(DateOnly.FromDateTime(a));
        ComesBack(TimeOnly.FromDateTime(a));
        ComesBack(new Timestamp(ticks));
    }

    [Property]
    public void TextAndBytesComeBack(string? text, byte[]? bytes, Guid id)
    {
        ComesBack(text);
        ComesBack(bytes);
        ComesBack(id);
    }

    [Property]
    public void PartsOfPartsComeBack(
        int?[]? numbers, List<string?>? texts, Dictionary<int, string?> map, DayOfWeek day, decimal? amount)
    {
        ComesBack(numbers);
        ComesBack(texts);
        ComesBack(map);
        ComesBack(day);
        ComesBack((DayOfWeek?)day);
        ComesBack(amount);
        ((int?[]?, List<string?>?) pair, var same) = (Through((numbers, texts)), Through(Tuple.Create(day, texts)));
        Assert.Equal(numbers, pair.Item1);
        Assert.Equal(texts, pair.Item2);
        Assert.Equal((day, texts?.Count), (same.Item1, same.Item2?.Count));
        ComesBack((day, amount, 1, "two", 3.0, 4m, 5L));
        ComesBack<Tuple<int, string>?>(null);
        ComesBack<IReadOnlyList<(DayOfWeek, int?)>>([(day, 1), (day, null)]);
        ComesBack<int?[][]?>([numbers!, []]);
    }

    [Fact]
    public void EndsOfRangesComeBack()
    {
        ComesBack(decimal.MinValue);
        ComesBack(new decimal(1, 2, 3, true, 28));
        ComesBack(double.NaN);
        ComesBack(double.NegativeInfinity);
        ComesBack(DateTime.MaxValue);
        ComesBack(DateTimeOffset.MinValue);
        ComesBack(new DateTimeOffset(1, 1, 1, 14, 0, 0, TimeSpan.FromHours(14)));
        ComesBack(DateOnly.MaxValue);
        ComesBack(TimeOnly.MaxValue);
        ComesBack(Timestamp.MinValue);
        ComesBack(Int128.MinValue);
        ComesBack(UInt128.MaxValue);
        ComesBack(new Uri("https://example.org/a b?c=%20"));
        ComesBack(new Uri("part/of", UriKind.Relative));
        ComesBack<Uri?>(null);
        ComesBack(new Version(1, 2));
        ComesBack(new Version());
        ComesBack(ValueTuple.Create(7));
        ComesBack((1, "2", 3));
        ComesBack((1, "2", 3, 4));
        ComesBack((1, "2", 3, 4, 5));
        ComesBack((1, "2", 3, 4, 5, 6));
        ComesBack(Tuple.Create(1));
        ComesBack(Tuple.Create(1, 2, "3"));
        ComesBack(Tuple.Create(1, 2, "3", 4));
        ComesBack(Tuple.Create(1, 2, "3", 4, 5));
        ComesBack(Tuple.Create(1, 2, "3", 4, 5, 6));
        ComesBack(Tuple.Create(1, 2, "3", 4, 5, 6, 7));
        ComesBack(default(StreamKit.Records.Unit));
    }

    [Theory]
    [InlineData(Small.Least)]
    [InlineData(Small.Greatest)]
    [InlineData((Small)7)]
    [InlineData(Large.Greatest)]
    [InlineData(Bytes.Greatest)]
    public void EnumsComeBackByNumber<T>(T value) => ComesBack(value);

    [Fact]
    public void StreamKitsOwnTypesComeBack()
    {
        var window = Window.From(new Timestamp(10), TimeSpan.FromTicks(5));
        var pane = new Pane(PaneTiming.Late, 3, isFinal: true, isRetraction: true);
        var result = new WindowResult<string, (int, long)>("key", window, (1, 2), pane);
        ComesBack(window);
        ComesBack(pane);
        ComesBack(result);
        ComesBack(new HeavyHitter<string>("word", 5, 1));
        ComesBack(new LinearTrend(1, double.NaN, 3));

        Late<string?>? late = Through(new Late<string?>(
            null, new Timestamp(1), new Timestamp(9), [window], true, LateReason.IdleInputRejoined));
        Assert.Equal("1970-01-01T00:00:00.0000001Z", late.Timestamp.ToString());
        Assert.Equal((null, new Timestamp(9)), (late.Value, late.Watermark));
        Assert.Equal([window], late.MissedWindows);
        Assert.True(late.AcceptedByOthers);
        Assert.Equal(LateReason.IdleInputRejoined, late.Reason);
        ComesBack<Late<string>?>(null);

        KeyedList<int, string> list = Through(new KeyedList<int, string>(4, ["a", "b"]));
        Assert.Equal((4, "a b"), (list.Key, string.Join(' ', list)));
        WindowRanking<string, (int, long)> ranking =
            Through(new WindowRanking<string, (int, long)>(window, [result], pane));
        Assert.Equal((window, pane), (ranking.Window, ranking.Pane));
        Assert.Equal([result], ranking.Items);
    }

    [Fact]
    public void ADictionaryThatComparesOtherwiseIsRefusedAndNotChanged()
    {
        StateException refused = Assert.Throws<StateException>(() =>
            Types.ToBytes(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 }));
        Assert.Contains("comparer", refused.Message, StringComparison.Ordinal);
        ComesBack(new Dictionary<string, int>(StringComparer.Ordinal) { ["A"] = 1 });
    }

    [Fact]
    public void OneRowOfValuesIsReadAsAnyOther()
    {
        byte[] bytes = Types.ToBytes(new List<int> { 1, 2 });
        Assert.Equal([1, 2], Types.FromBytes<int[]>(bytes));
        Assert.Equal([1, 2], Types.FromBytes<IReadOnlyList<int>>(bytes));
    }

    private static void ComesBack<T>(T value) => Assert.Equal(value, Through(value));

    private static T Through<T>(T value) => Types.FromBytes<T>(Types.ToBytes(value));

    private enum Small : sbyte
    {
        Least = sbyte.MinValue,
        Greatest = sbyte.MaxValue,
    }

    private enum Large : ulong
    {
        Greatest = ulong.MaxValue,
    }

    private enum Bytes : byte
    {
        Greatest = byte.MaxValue,
    }
}
