using FsCheck;
using FsCheck.Xunit;
using StreamKit.Twitter.Live;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>A position keeps what it was made of, and what was delivered is known again behind it.</summary>
public class StreamPositionProperties
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000);

    [Property]
    public void APositionReadsBackAsItWasWritten(NonNegativeInt delivered, NonNegativeInt seconds, long[] ids)
    {
        DateTimeOffset at = Start.AddSeconds(seconds.Get);
        string text = StreamPosition.Write(delivered.Get, at, [IdBlock.Write(ids), IdBlock.Write([])]);
        var read = StreamPosition.Parse(text);
        Assert.Equal((delivered.Get, at), (read.Delivered, read.At));
        Assert.Equal(ids, read.Blocks[0].Ids);
        Assert.Empty(read.Blocks[1].Ids);
    }

    [Property]
    public void WhatWasDeliveredIsKnownAgainAndNothingElse(PositiveInt[] steps)
    {
        var recent = new RecentIds(TimeSpan.FromMinutes(6));
        long[] ids =
            [.. steps.SelectMany(step => Enumerable.Range(0, 40).Select(i => (step.Get * 1000L) + i)).Distinct()];
        Assert.All(ids, id => Assert.True(recent.Add(id, Start)));
        string position = StreamPosition.Write(ids.Length, Start, recent.Since(Start.AddMinutes(-3)));

        var restored = new RecentIds(TimeSpan.FromMinutes(6));
        restored.Restore(StreamPosition.Parse(position));
        Assert.Equal(position, StreamPosition.Write(ids.Length, Start, restored.Since(Start.AddMinutes(-3))));
        Assert.All(ids, id => Assert.False(restored.Add(id, Start.AddMinutes(5))));
        Assert.True(restored.Add(1, Start.AddMinutes(5)));
    }

    [Fact]
    public void WhatCannotComeAgainIsForgotten()
    {
        var recent = new RecentIds(TimeSpan.FromMinutes(6));
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(recent.Add(i, Start.AddSeconds(i)));
        }

        string position = StreamPosition.Write(0, Start, recent.Since(Start.AddSeconds(10_000 - 180)));
        Assert.InRange(StreamPosition.Parse(position).Blocks.Sum(block => block.Ids.Length), 180, 180 + 256);
        Assert.True(recent.Add(0, Start.AddSeconds(10_000)));
        Assert.False(recent.Add(9_700, Start.AddSeconds(10_000)));
    }

    [Fact]
    public void APositionBeforeTheFirstPostHasNoTime() =>
        Assert.Null(StreamPosition.Parse(StreamPosition.Write(0, null, new RecentIds(default).Since(default))).At);

    [Fact]
    public void TheIdsOfThreeMinutesAtTheHighestRateTakeHalfAMegabyte()
    {
        var recent = new RecentIds(TimeSpan.FromMinutes(6));
        for (int i = 0; i < 45_000; i++)
        {
            recent.Add(1_900_000_000_000_000_000L + ((i * 4L) << 22), Start.AddMilliseconds(i * 4));
        }

        Assert.InRange(StreamPosition.Write(1, Start, recent.Since(Start)).Length, 45_000, 500_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("x 1 AA==")]
    [InlineData("1 2 not.base64!")]
    [InlineData("1 2 gA==")]
    [InlineData("line 17, byte 40213")]
    public void SomethingElseIsNoPosition(string text) =>
        Assert.Throws<FormatException>(() => StreamPosition.Parse(text));
}
