using FsCheck;
using FsCheck.Xunit;
using StreamKit.Twitter.Live;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>A position keeps what it was made of.</summary>
public class StreamPositionProperties
{
    [Property]
    public void APositionReadsBackAsItWasWritten(NonNegativeInt delivered, PositiveInt milliseconds, PositiveInt[] ids)
    {
        long[] wanted = [.. ids.Select(id => (long)id.Get << 31).Distinct()];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Get);
        var position = new StreamPosition(delivered.Get, at, wanted);
        var read = StreamPosition.Parse(position.ToString());
        Assert.Equal((delivered.Get, at), (read.Delivered, read.At));
        Assert.Equal(wanted.Order(), read.Ids);
        Assert.Equal(position.ToString(), read.ToString());
    }

    [Fact]
    public void APositionBeforeTheFirstPostHasNoTime() =>
        Assert.Null(StreamPosition.Parse(new StreamPosition(0, null, []).ToString()).At);

    [Fact]
    public void AHundredThousandIdsOfFiveMinutesTakeLessThanAMegabyte()
    {
        var ids = Enumerable.Range(0, 100_000).Select(i => 1_900_000_000_000_000_000L + (i * 3L << 22)).ToArray();
        Assert.InRange(new StreamPosition(1, DateTimeOffset.UnixEpoch, ids).ToString().Length, 100_000, 1_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("x 1 AA==")]
    [InlineData("1 2 not base64!")]
    [InlineData("1 2 gA==")]
    [InlineData("line 17, byte 40213")]
    public void SomethingElseIsNoPosition(string text) =>
        Assert.Throws<FormatException>(() => StreamPosition.Parse(text));
}
