using StreamKit.Tests.Runtime;
using StreamKit.Windowing;

namespace StreamKit.Tests.Graph;

/// <summary>A join that cannot work is refused, with its name and what to do.</summary>
public class JoinValidationTests
{
    private readonly StreamBuilder _builder = StreamBuilder.Create("pipeline");

    private DataStream<At> Untimed => _builder.From([new At(1, "a")]);

    private DataStream<At> Timed => Untimed.WithEventTime(At.TimeOf, Watermarks.Monotonic());

    [Fact]
    public void BothSidesNeedEventTime()
    {
        Timed.KeyBy(static r => r.Key).Join(Untimed.KeyBy(static r => r.Key)).Within(Seconds(1))
            .Select(static (l, r) => (l, r)).Named("pairs").To(new ScriptedSink<(At, At)>());
        AssertMistake("'pairs'", "WithEventTime");
    }

    [Fact]
    public void ResultsThatReplaceEachOtherAreNotJoined()
    {
        KeyedStream<string, WindowResult<string, long>> counts = Timed.KeyBy(static r => r.Key).Window(Seconds(1))
            .AllowLateness(TimeSpan.FromSeconds(5)).Count().KeyBy(static w => w.Key);
        Timed.KeyBy(static r => r.Key).Join(counts).Within(Seconds(1))
            .Select(static (l, r) => r.Value).Named("pairs").To(new ScriptedSink<long>());
        AssertMistake("'pairs'", "AsAppend");
    }

    [Fact]
    public void ALateStreamOfAJoinThatIsNeverSelectedIsAMistake()
    {
        Timed.KeyBy(static r => r.Key).Join(Timed.KeyBy(static r => r.Key)).Within(Seconds(1))
            .SideOutputLate(out DataStream<Late<At>> left, out DataStream<Late<At>> right);
        left.Named("late-left").To(new ScriptedSink<Late<At>>());
        right.Named("late-right").To(new ScriptedSink<Late<At>>());

        IReadOnlyList<string> mistakes = Assert.Throws<PipelineException>(_builder.Build).Mistakes;
        Assert.Equal(2, mistakes.Count);
        Assert.All(mistakes, static mistake => Assert.Contains("Select", mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void SessionsAreRefusedAtTheCall()
    {
        JoinBounds<WindowedInnerJoin<string, At, At>> join =
            Timed.KeyBy(static r => r.Key).Join(Timed.KeyBy(static r => r.Key));
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => join.Within(TimeWindows.Session(TimeSpan.FromSeconds(1))));
        Assert.Contains("Tumbling", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArgumentsThatMakeNoSenseAreRefusedAtTheCall()
    {
        KeyedStream<string, At> keyed = Timed.KeyBy(static r => r.Key);
        WindowedLeftJoin<string, At, At> join = keyed.LeftJoin(keyed).Within(Seconds(1));
        Assert.Throws<ArgumentNullException>(() => keyed.Join<At>(null!));
        Assert.Throws<ArgumentNullException>(() => keyed.Join(keyed).Within(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => join.AllowLateness(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => join.LimitPerKey(0));
        Assert.Throws<ArgumentNullException>(() => join.SelectAlone((Func<At, Window, string>)null!));
    }

    [Fact]
    public void AJoinIsDrawnWithBothItsInputs()
    {
        Untimed.Named("a").WithEventTime(At.TimeOf, Watermarks.Monotonic()).KeyBy(static r => r.Key)
            .Join(Timed.KeyBy(static r => r.Key)).Within(Seconds(1))
            .Select(static (l, r) => r).Named("pairs").To(new ScriptedSink<At>());

        string[] lines = _builder.Build().ToMermaid().Split('\n');
        string drawn = lines.Single(static line => line.Contains("pairs ×N", StringComparison.Ordinal));
        string id = drawn.Trim().Split('[')[0];
        Assert.Equal(2, lines.Count(line => line.EndsWith($"--> {id}", StringComparison.Ordinal)));
    }

    private static WindowAssigner Seconds(int seconds) => TimeWindows.Tumbling(TimeSpan.FromSeconds(seconds));

    private void AssertMistake(string step, string remedy)
    {
        string mistake = Assert.Single(Assert.Throws<PipelineException>(_builder.Build).Mistakes);
        Assert.Contains(step, mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }
}
