using StreamKit.Time;

namespace StreamKit.Testing.Tests;

/// <summary>Every expectation holds where it should, and fails with a message that says what happened.</summary>
public class ExpectationTests
{
    [Fact]
    public void ATestReadsAsOneChain()
    {
        using var test = Pipelines.Counts();
        test.Push(at: 9, "a").ExpectNoOutput().Watermark(10).Push(at: 3, "b")
            .ExpectPanes(Expected.Pane("a", 0, 10, 1L).Final()).ExpectLate("b").ExpectNoState();

        Assert.Equal(Timestamp.FromUnixTimeSeconds(3), Assert.Single(test.LateRecords).Timestamp);
        Assert.Single(test.Outputs);
    }

    [Fact]
    public void ARecordWithoutATimeGetsTheOneThatThePipelineReads()
    {
        using var test = Pipelines.Counts();
        test.Push("a").Watermark(9).ExpectNoOutput().Watermark(10).ExpectPanes(Expected.Pane("a", 0, 10, 1L));
    }

    [Fact]
    public void AWrongResultFailsWithBothResultsAndTheScript()
    {
        var test = Pipelines.Counts();
        var failure = Assert.Throws<StreamTestException>(() =>
            test.Push(at: 9, "a").Watermark(10).ExpectPanes(Expected.Pane("a", 0, 10, 2L)));

        Assert.Contains("a [0, 10) 2 OnTime", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\"a\" [0, 10) 1 OnTime 0 final", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Push(at: 9, \"a\")", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Watermark(10)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingAndASurplusResultFail()
    {
        Assert.Throws<StreamTestException>(() =>
            Pipelines.Counts().Push(at: 9, "a").ExpectPanes(Expected.Pane("a", 0, 10, 1L)));
        Assert.Throws<StreamTestException>(() => Pipelines.Counts().Push(at: 9, "a").Watermark(10).ExpectNoOutput());
        Assert.Throws<StreamTestException>(() =>
            Pipelines.Counts().Push(at: 9, "a").Push(at: 9, "b").Watermark(10)
                .ExpectPanes(Expected.Pane("a", 0, 10, 1L)));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("end")]
    [InlineData("timing")]
    [InlineData("retraction")]
    [InlineData("index")]
    [InlineData("final")]
    public void EachPartOfAPaneCounts(string wrong)
    {
        ExpectedPane<string, long> right = Expected.Pane("a", 0, 10, 1L) with { Index = 0, IsFinal = true };
        ExpectedPane<string, long> expected = wrong switch
        {
            "key" => right with { Key = "b" },
            "end" => right with { End = 11 },
            "timing" => right.Late(),
            "retraction" => right.Retracted(),
            "index" => right with { Index = 1 },
            _ => right with { IsFinal = false },
        };
        Pipelines.Counts().Push(at: 9, "a").Watermark(10).ExpectPanes(right);
        Assert.Throws<StreamTestException>(() =>
            Pipelines.Counts().Push(at: 9, "a").Watermark(10).ExpectPanes(expected));
    }

    [Fact]
    public void PredicatesAreCheckedInOrder()
    {
        using var test = Pipelines.Counts();
        test.Push(at: 1, "a").Push(at: 2, "b").Watermark(10).ExpectOutputWhere(w => w.Key == "a", w => w.Key == "b");
        var failure = Assert.Throws<StreamTestException>(() =>
            Pipelines.Counts().Push(at: 1, "a").Push(at: 2, "b").Watermark(10)
                .ExpectOutputWhere(w => w.Key == "a", w => w.Key == "a"));
        Assert.Contains("number 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnexpectedAndAMissingLateRecordFail()
    {
        Assert.Throws<StreamTestException>(() => Pipelines.Counts().Watermark(10).Push(at: 3, "b").ExpectLate());
        Assert.Throws<StreamTestException>(() => Pipelines.Counts().Watermark(10).Push(at: 13, "b").ExpectLate("b"));
    }

    [Fact]
    public void StateThatIsLeftFails()
    {
        Assert.Throws<StreamTestException>(() => Pipelines.Counts().Push(at: 9, "a").ExpectNoState());
        Pipelines.Counts().Push(at: 9, "a").End().ExpectNoState();
    }

    [Fact]
    public void EarlyResultsComeWhenProcessingTimePasses()
    {
        using var test = Pipelines.Counts(early: TimeSpan.FromSeconds(1));
        test.Push(at: 1, "a").ProcessingTime(TimeSpan.FromMilliseconds(999)).ExpectNoOutput()
            .ProcessingTime(TimeSpan.FromMilliseconds(1)).ExpectPanes(Expected.Pane("a", 0, 10, 1L).Early())
            .ProcessingTime(TimeSpan.FromHours(1)).ExpectNoOutput()
            .End().ExpectPanes(Expected.Pane("a", 0, 10, 1L).Final());
    }

    [Fact]
    public void IdlenessOfTheInputLetsTheSplitsWatermarkGo()
    {
        using var test = StreamTest.For(
            (DataStream<long> input) => input
                .WithEventTime(
                    Timestamp.FromUnixTimeSeconds, Watermarks.Monotonic().WithIdleness(TimeSpan.FromMinutes(1)))
                .KeyBy(_ => "k").Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10))).Count(),
            new StreamTestOptions { GenerateWatermarks = true });
        test.Push(1).Push(12).ExpectPanes(Expected.Pane("k", 0, 10, 1L))
            .Idle().Active().ProcessingTime(TimeSpan.FromHours(1)).ExpectNoOutput()
            .End().ExpectPanes(Expected.Pane("k", 10, 20, 1L)).ExpectNoState();
    }

    [Fact]
    public void WhatAPipelineThrowsEndsTheTestWithTheStep()
    {
        var test = StreamTest.For((DataStream<string> input) => input.Select(int.Parse));
        var failure = Assert.Throws<StreamTestException>(() => test.Push("7").Push("seven"));
        Assert.Contains("seven", failure.Message, StringComparison.Ordinal);
        Assert.Contains("select", failure.Message, StringComparison.Ordinal);
        Assert.Equal([7], test.Outputs);
    }

    [Fact]
    public void MistakesInTheTestItselfAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Pipelines.Counts().Watermark(10).Watermark(9));
        Assert.Throws<InvalidOperationException>(() => Pipelines.Counts().End().Push("a"));
        Assert.Throws<InvalidOperationException>(() =>
            Pipelines.Counts(new StreamTestOptions { GenerateWatermarks = true }).Push(at: 1, "a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pipelines.Counts(new StreamTestOptions { Lanes = [129] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pipelines.Counts().ProcessingTime(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void AWrongPipelineFailsWhereItIsWritten() => Assert.Throws<PipelineException>(() => StreamTest.For(
        (DataStream<string> input) => input
            .KeyBy(key => key).Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(1))).Count()));

    [Fact]
    public void ASinkInsideThePipelineIsRefusedWithAdvice()
    {
        var failure = Assert.Throws<StreamTestException>(() =>
            StreamTest.For((DataStream<string> input) => input.ForEach(_ => { })));
        Assert.Contains("return the stream", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ListsInResultsAreComparedByTheirElements()
    {
        using var test = StreamTest.For((DataStream<int> input) => input.Select(n => Enumerable.Range(0, n).ToList()));
        test.Push(2).ExpectOutput([0, 1]);
        Assert.Throws<StreamTestException>(() =>
            StreamTest.For((DataStream<int> input) => input.Select(n => Enumerable.Range(0, n).ToList()))
                .Push(2).ExpectOutput([0, 2]));
    }
}
