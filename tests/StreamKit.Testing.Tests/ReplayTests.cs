using StreamKit.Time;

namespace StreamKit.Testing.Tests;

/// <summary>Replays find what depends on how a script is run.</summary>
public class ReplayTests
{
    [Fact]
    public void APipelineThatRemembersCallsIsFound()
    {
        var test = Pipelines.Impure();
        var failure = Assert.Throws<StreamTestException>(() => test.Push("a").Push("b").ExpectOutput("a0", "b1"));
        Assert.Contains("as one batch between signals", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Push(\"a\")", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATestThatEndsWithoutAnExpectationIsReplayedToo()
    {
        var test = Pipelines.Impure();
        test.Push("a");
        Assert.Throws<StreamTestException>(test.Dispose);
    }

    [Fact]
    public void ATestThatHasFailedDoesNotHideItBehindASecondFailure()
    {
        var failure = Assert.Throws<StreamTestException>(() =>
        {
            using var test = Pipelines.Impure();
            test.Push("a").ExpectOutput("something else");
        });
        Assert.Contains("something else", failure.Message, StringComparison.Ordinal);
    }

    // One record at a time the punctuation stands between two records; in one batch it stands behind both.
    [Fact]
    public void WatermarksThatThePipelineMakesFollowEachRecordInEveryReplay()
    {
        using var test = StreamTest.For(
            (DataStream<long> input) => (
                input.WithEventTime(t => new Timestamp(t), Watermarks.Monotonic())
                    .KeyBy(_ => "k").Window(TimeWindows.Tumbling(TimeSpan.FromTicks(1)))
                    .SideOutputLate(out DataStream<Windowing.Late<long>> late).Count(),
                late),
            new StreamTestOptions { GenerateWatermarks = true, Unit = TimeSpan.FromTicks(1) });
        test.Push(5).Push(3).ExpectLate(3).End().ExpectPanes(Expected.Pane("k", 5, 6, 1L)).ExpectNoState();
    }

    // The distance between the batch's first and last record shows where batches were cut.
    [Fact]
    public void AStepThatDependsOnTheCutsOfBatchesIsFoundWithItsSeed()
    {
        var test = StreamTest.For((DataStream<int> input) => input.Then(new CutNode(input.Node)));
        var failure = Assert.Throws<StreamTestException>(() => test.Push(1).Push(2).Push(3).ExpectOutput(1, 1, 1));
        Assert.Contains("as one batch", failure.Message, StringComparison.Ordinal);

        var alone = StreamTest.For((DataStream<int> input) => input.Then(new CutNode(input.Node)));
        alone.Push(1).ExpectOutput(1);
    }

    [Fact]
    public void AStepThatIgnoresARefusalIsFound()
    {
        var test = StreamTest.For((DataStream<int> input) => input.Then(new DeafNode(input.Node)));
        var failure = Assert.Throws<StreamTestException>(() => test.Push(1).ExpectOutput(1, 1));
        Assert.Contains("could not take more", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refuses after every batch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyResultsOfOneRecordGoThroughARefusingOutput()
    {
        using var test = StreamTest.For((DataStream<int> input) => input.SelectMany(n => Enumerable.Range(0, n)));
        test.Push(5).Push(0).Push(2).ExpectOutput(0, 1, 2, 3, 4, 0, 1).End().ExpectNoState();
    }
}
