using StackExchange.Redis;
using StreamKit.Redis.Writing;
using StreamKit.Windowing;

namespace StreamKit.Redis.Tests;

/// <summary>What is refused before anything runs, and what text and numbers become.</summary>
public sealed class OptionsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 9, 1, 12, 0, 0, 500, TimeSpan.Zero);
    private static readonly Window s_window = Window.From(s_start, TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData("counts")]
    [InlineData("counts:{key}")]
    [InlineData("counts:{start")]
    [InlineData("counts:start}")]
    [InlineData("counts:{{start}}")]
    [InlineData("counts:{}")]
    [InlineData("")]
    public void APatternThatNamesNoWindowIsRefused(string pattern) => Assert.ThrowsAny<ArgumentException>(
        () => RedisSink.Hash<string, long>("localhost", pattern));

    [Theory]
    [InlineData("{start}", "2026-09-01T12:00:00.5Z")]
    [InlineData("a{end}b", "a2026-09-01T12:01:00.5Zb")]
    [InlineData("{{c}}:{start:HHmm}-{end:HHmm}", "{c}:1200-1201")]
    [InlineData("}}{{{start:ss}}}", "}{00}")]
    public void APatternNamesTheKeyOfAWindow(string pattern, string key)
    {
        WindowKeys keys = WindowKeys.Parse(pattern)();
        Assert.Equal(key, keys.Of(s_window).ToString());
        Assert.Equal(key, keys.Of(s_window).ToString());
    }

    [Fact]
    public void WindowsWithoutBeginningOrEndHaveNamesToo()
    {
        WindowKeys keys = WindowKeys.Parse("{start}|{end}")();
        Assert.Equal("MIN|MAX", keys.Of(new Window(Time.Timestamp.MinValue, Time.Timestamp.MaxValue)).ToString());
    }

    [Fact]
    public void MoreWindowsThanAreRememberedHaveTheirNames()
    {
        WindowKeys keys = WindowKeys.Parse("{start:yyyyMMddHHmm}")();
        for (int i = 0; i < 5000; i++)
        {
            DateTimeOffset start = s_start.AddMinutes(i % 3000);
            Assert.Equal(
                start.ToString("yyyyMMddHHmm", null), keys.Of(Window.From(start, TimeSpan.FromMinutes(1))).ToString());
        }
    }

    [Fact]
    public void TextNumbersAndDatesNeedNoDelegateAndOthersDo()
    {
        Assert.Equal("a", (string?)RedisText.Of<string>("x")("a"));
        Assert.Equal("-5", (string?)RedisText.Of<long>("x")(-5));
        Assert.Equal("0.1", (string?)RedisText.Of<double>("x")(0.1));
        Assert.Equal("1.50", (string?)RedisText.Of<decimal>("x")(1.50m));
        Assert.Equal("2026-09-01T12:00:00.5000000+00:00", (string?)RedisText.Of<DateTimeOffset>("x")(s_start));
        Assert.Equal("Garnet", (string?)RedisText.Of<ServerKind>("x")(ServerKind.Garnet));
        Assert.True(RedisText.Of<int?>("x")(null).IsNull);
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => RedisSink.Hash<(string, int), long>("localhost", "{start}"));
        Assert.Contains("say how with 'field'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RedisSink.SortedSet<string, string>("localhost", "{start}"));
    }

    [Fact]
    public void LimitsOutOfRangeAreRefusedAtTheCall()
    {
        Refuse(new RedisSinkOptions { RetryFor = TimeSpan.FromTicks(-1) });
        Refuse(new RedisSinkOptions { ExpireAfter = TimeSpan.Zero });
        Refuse(new RedisSinkOptions { BatchesInFlight = 0 });
        Refuse(new RedisSinkOptions { BatchesInFlight = 1025 });
        Assert.Throws<ArgumentOutOfRangeException>(() => RedisSink.SortedSet<string, long>(
            "localhost", "{start}", options: new RedisSortedSetOptions { KeepTop = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => RedisSink.Stream<int>(
            "localhost", "s", _ => [], new RedisStreamSinkOptions { MaxLength = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Group(new RedisGroupSourceOptions { MaxUnacknowledged = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Group(new RedisGroupSourceOptions { ClaimAfter = TimeSpan.FromMilliseconds(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Group(new RedisGroupSourceOptions { PollInterval = default }));
        Assert.Throws<ArgumentException>(
            () => RedisSource.Stream("localhost", ["a", "a"], entry => entry.Id.ToString()));

        static void Refuse(RedisSinkOptions options) => Assert.Throws<ArgumentOutOfRangeException>(
            () => RedisSink.Hash<string, long>("localhost", "{start}", options: options));

        static object Group(RedisGroupSourceOptions options) =>
            RedisSource.Group("localhost", "s", "g", "c", (StreamEntry entry) => entry.Id.ToString(), options);
    }
}
