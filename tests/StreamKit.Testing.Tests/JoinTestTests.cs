using StreamKit.Windowing;

namespace StreamKit.Testing.Tests;

/// <summary>A test of two inputs pushes into both, looks at both late streams, and replays all of it.</summary>
public class JoinTestTests
{
    private static readonly StreamTestOptions s_options = new() { Lanes = [1, 3] };

    [Fact]
    public void WhatIsPushedIntoBothSidesMeets()
    {
        using var test = Pairs();
        test.PushLeft(at: 1, "a1").PushRight(at: 9, "a2").ExpectNoOutput().Watermark(10)
            .ExpectOutput("a1 a2").ExpectNoState();
    }

    [Fact]
    public void EachSideHasItsOwnWatermarkAndItsOwnSilence()
    {
        using var test = Pairs();
        test.PushLeft(at: 1, "a1").PushRight(at: 2, "a2").WatermarkLeft(10).ExpectNoOutput().WatermarkRight(10)
            .ExpectOutput("a1 a2")
            .PushLeft(at: 11, "b1").PushRight(at: 12, "b2").WatermarkRight(20).ExpectNoOutput().IdleLeft()
            .ExpectOutput("b1 b2").ExpectNoState();
    }

    [Fact]
    public void WithoutATimeTheRecordsOwnIsRead()
    {
        using var test = Pairs();
        test.PushLeft("a1").PushRight("a2").Watermark(10).ExpectOutput("a1 a2");
    }

    [Fact]
    public void TheLateRecordsOfEachSideCanBeFollowed()
    {
        using var test = StreamTest.For(
            (DataStream<string> left, DataStream<string> right) => (
                Join(left, right).SideOutputLate(out DataStream<Late<string>> l, out DataStream<Late<string>> r)
                    .Select((a, b) => $"{a} {b}"),
                l,
                r),
            s_options);
        test.Watermark(10).PushLeft(at: 9, "a1").PushRight(at: 8, "b1").PushRight(at: 10, "b2").ExpectNoOutput();

        Assert.Equal(["a1"], test.LateLeft.Select(late => late.Value));
        Assert.Equal(["b1"], test.LateRight.Select(late => late.Value));
    }

    [Fact]
    public void AFailedExpectationShowsWhichSideWasPushed()
    {
        JoinTest<string, string, string> test = Pairs();
        test.PushLeft(at: 1, "a1").PushRight(at: 9, "a2");
        StreamTestException failure = Assert.Throws<StreamTestException>(() => test.ExpectOutput("a1 a2"));

        Assert.Contains("left a1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("right a2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InputsThatDoNotComeTogetherAreAMistake() => Assert.Throws<ArgumentException>(
        () => StreamTest.For((DataStream<string> left, DataStream<string> right) => left.Select(l => l)));

    private static JoinTest<string, string, string> Pairs() => StreamTest.For(
        (DataStream<string> left, DataStream<string> right) => Join(left, right).Select((l, r) => $"{l} {r}"),
        s_options);

    private static WindowedInnerJoin<char, string, string> Join(DataStream<string> left, DataStream<string> right) =>
        Timed(left).KeyBy(l => l[0]).Join(Timed(right).KeyBy(r => r[0]))
            .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)));

    private static DataStream<string> Timed(DataStream<string> stream) =>
        stream.WithEventTime(_ => DateTimeOffset.UnixEpoch.AddSeconds(5), Watermarks.Monotonic());
}
