using StreamKit.Time;

namespace StreamKit.Tests.Time;

public class TimestampTests
{
    [Fact]
    public void OneInstantWrittenWithTwoOffsetsIsOneTimestamp()
    {
        Timestamp utc = new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Timestamp india = new DateTimeOffset(2024, 3, 1, 17, 30, 0, TimeSpan.FromMinutes(330));

        Assert.Equal(utc, india);
        Assert.Equal(
            utc, Timestamp.FromDateTimeOffset(new DateTimeOffset(2024, 3, 1, 4, 0, 0, TimeSpan.FromHours(-8))));
    }

    [Fact]
    public void TheEpochIsZeroAndBeforeItIsNegative()
    {
        Assert.Equal(0, ((Timestamp)DateTimeOffset.UnixEpoch).Ticks);
        Assert.Equal(-TimeSpan.TicksPerSecond, ((Timestamp)DateTimeOffset.UnixEpoch.AddSeconds(-1)).Ticks);
    }

    [Fact]
    public void AUtcDateConvertsByItsTicks()
    {
        var date = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Utc);

        Assert.Equal((Timestamp)new DateTimeOffset(date), (Timestamp)date);
    }

    [Fact]
    public void ALocalDateConvertsByItsInstant()
    {
        var local = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Local);

        Assert.Equal((Timestamp)local.ToUniversalTime(), Timestamp.FromDateTime(local));
    }

    [Fact]
    public void ADateOfNoKindIsRefusedAndTheMessageSaysWhatToDo()
    {
        var date = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Unspecified);

        ArgumentException error = Assert.Throws<ArgumentException>(() => (Timestamp)date);
        Assert.Contains("SpecifyKind", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_700_000_000_123)]
    [InlineData(-62_135_596_800_000)]
    public void MillisecondsConvertBothWays(long milliseconds)
    {
        Timestamp timestamp = Timestamp.FromUnixTimeMilliseconds(milliseconds);

        Assert.Equal(milliseconds, timestamp.ToDateTimeOffset().ToUnixTimeMilliseconds());
    }

    [Fact]
    public void SecondsAreAThousandMilliseconds() =>
        Assert.Equal(Timestamp.FromUnixTimeMilliseconds(-5_000), Timestamp.FromUnixTimeSeconds(-5));

    [Fact]
    public void UnitsThatDoNotFitIntoTicksAreRefusedAndDoNotWrap()
    {
        Assert.Throws<OverflowException>(() => Timestamp.FromUnixTimeMilliseconds(long.MaxValue / 2));
        Assert.Throws<OverflowException>(() => Timestamp.FromUnixTimeSeconds(long.MinValue / 2));
    }

    [Fact]
    public void WhatLiesOutsideTheCalendarIsShownAsTheCalendarsEnd()
    {
        Assert.Equal(DateTimeOffset.MinValue, Timestamp.MinValue.ToDateTimeOffset());
        Assert.Equal(DateTimeOffset.MaxValue, Timestamp.MaxValue.ToDateTimeOffset());
        Assert.Equal(DateTimeOffset.MaxValue, ((Timestamp)DateTimeOffset.MaxValue).ToDateTimeOffset());
        Assert.Equal(DateTimeOffset.MinValue, ((Timestamp)DateTimeOffset.MinValue).ToDateTimeOffset());
    }

    [Fact]
    public void OrderIsTheOrderOfTicks()
    {
        var early = new Timestamp(-1);
        var late = new Timestamp(1);

        Assert.True(early < late);
        Assert.False(late < early);
        Assert.True(early <= late);
        Assert.False(late <= early);
        Assert.True(late > early);
        Assert.True(late >= early);
        Assert.True(early <= new Timestamp(-1));
        Assert.True(early >= new Timestamp(-1));
        Assert.Equal(-1, Math.Sign(early.CompareTo(late)));
        Assert.True(Timestamp.MinValue < early);
        Assert.True(Timestamp.MaxValue > late);
    }

    [Fact]
    public void TextIsIso8601AndTheReservedValuesHaveNames()
    {
        Assert.Equal("1970-01-01T00:00:00Z", new Timestamp(0).ToString());
        Assert.Equal("1969-12-31T23:59:59.9999999Z", new Timestamp(-1).ToString());
        Assert.Equal("MIN", Timestamp.MinValue.ToString());
        Assert.Equal("MAX", Timestamp.MaxValue.ToString());
    }
}
