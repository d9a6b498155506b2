using StreamKit.Windowing;

namespace StreamKit.Simulation.Tests;

/// <summary>Every other operator that remembers, through kills, failures and other numbers of lanes.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void JoinsFindEveryPairOnce() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder, "left")
            .KeyBy(static left => left.Key)
            .Join(Scenario.Readings(world, builder, "right", count: 20).KeyBy(static right => right.Key))
            .Within(TimeWindows.Tumbling(TimeSpan.FromSeconds(6)))
            .Select(static (left, right) => (left.Value, right.Value))
            .Named("pairs")
            .To(world.ExactlyOnce<(int, int)>("pairs"), "out"));

    [Fact]
    public void OneOfTheRecordsOfAnIdGoesThrough() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .Select(static reading => (reading.Key, Of: reading.At / 10))
            .DistinctBy(static pair => pair, TimeSpan.FromSeconds(60))
            .Named("distinct")
            .To(world.ExactlyOnce<(int, int)>("distinct"), "out"));

    [Fact]
    public void RecordsInOrderAreComplete() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .OrderByEventTime()
            .Named("order")
            .To(world.ExactlyOnce<Reading>("ordered"), "out"));

    [Fact]
    public void ListsHoldEveryRecordOnce() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Batch(3, TimeSpan.FromMilliseconds(4))
            .Named("lists")
            .SelectMany(static list => list)
            .To(world.ExactlyOnce<Reading>("records"), "out"));

    [Fact]
    public void RankingsComeOnceForEachWindow() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(7)))
            .Aggregate(static a => a.Sum(static reading => (long)reading.Value))
            .Named("sums")
            .TopK(2, static result => result.Value)
            .Named("top")
            .Select(static ranking => string.Join(" ", ranking.Items.Select(static r => $"{r.Key}:{r.Value}")))
            .To(world.WriteAhead<string>("rankings"), "out"));

    [Fact]
    public void GapsAreFilledOnce() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder, count: 25)
            .Where(static reading => reading.At % 7 < 3)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(2)))
            .Count()
            .Named("counts")
            .FillGaps(TimeSpan.FromSeconds(6), 0L)
            .Named("filled")
            .To(world.ExactlyOnce<WindowResult<int, long>>("filled"), "out"));

    [Fact]
    public void EarlyResultsEndWithTheRightOne() =>
        Scenario.Check(static (world, builder) => Scenario.Readings(world, builder)
            .KeyBy(static reading => reading.Key)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(9)))
            .Early(TimeSpan.FromMilliseconds(3))
            .Count()
            .Named("live")

            // How many results came before the last depends on when they came.
            .AsAppend()
            .Select(static result => (result.Key, result.Window, result.Value))
            .To(
                world.Upsert<(int, Window), (int Key, Window Window, long)>("live", static r => (r.Key, r.Window)),
                "out"));
}
