using StreamKit.Workloads.Measuring;

namespace StreamKit.Workloads.Tests.Measuring;

[Collection(nameof(AloneInTheProcess))]
public class MeterTests
{
    private static readonly RunOptions Options = new(lanes: 1, batch: 1024);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task SpeedAndRatioAreMediansOverTheRepetitions()
    {
        // The first run of each is the warm-up. Pair by pair the ratio is 0.5, 0.1, 0.25.
        Workload workload = Floor(1000, 10, 10, 50);
        ScriptedEngine engine = Engine([1000, 20, 100, 200]);
        Measurement measurement = await MeterOf(3).MeasureAsync(workload, engine, Options);
        Assert.Equal(0.25, measurement.RatioToFloor, 9);
        Assert.Equal(1000 / 100_000.0, measurement.MillionEventsPerSecond, 9);
        Assert.Equal(1000 / 10_000.0, measurement.FloorMillionEventsPerSecond, 9);
        Assert.Equal(1000, measurement.Events);
        Assert.Equal(4, engine.Runs);
    }

    [Fact]
    public async Task AShortRunIsWarmedUpUntilTheRuntimeHasOptimisedIt()
    {
        ScriptedEngine engine = Engine([200, 200, 200, 10]);
        await MeterOf(1).MeasureAsync(Floor(600, 10), engine, Options);
        Assert.Equal(4, engine.Runs);
    }

    [Fact]
    public async Task OneWrongRepetitionIsEnoughToDiffer()
    {
        var wrong = new Checksum { Value = 99, Rows = 1 };
        ScriptedEngine engine = Engine([1000, 10, 10, 10], run => run == 2 ? wrong : Right);
        Measurement measurement =
            await MeterOf(3).MeasureAsync(Floor(1000, 10, 10, 10), engine, Options);
        Assert.False(measurement.ChecksumEqualsFloor);
        Assert.Equal(wrong, measurement.Checksum);
    }

    [Fact]
    public async Task TheSameChecksumFromAnotherNumberOfRowsDiffers()
    {
        ScriptedEngine engine = Engine([1000, 10], _ => Right with { Rows = Right.Rows + 1 });
        Measurement measurement =
            await MeterOf(1).MeasureAsync(Floor(1000, 10), engine, Options);
        Assert.False(measurement.ChecksumEqualsFloor);
    }

    [Fact]
    public async Task WhatAnEngineAllocatesIsCountedOnAllThreads()
    {
        ScriptedEngine engine = Engine(
            [1000, 10],
            _ =>
            {
                var thread = new Thread(() => GC.KeepAlive(new byte[10_000_000]));
                thread.Start();
                thread.Join();
                return Right;
            });
        Measurement measurement =
            await MeterOf(1).MeasureAsync(Floor(1000, 10), engine, Options);
        Assert.InRange(measurement.BytesPerEvent, 10_000, 20_000);
    }

    [Fact]
    public async Task AnEngineThatWritesToTheInputIsFoundOut()
    {
        var input = new int[1000];
        var workload = new SingleInputWorkload<int>("W1", input, (numbers, _) => Spend(1000, numbers[0]), default, 0);
        var engine = new ScriptedEngine(["W1"], (_, _) => Spend(1000, input[0]++));
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(
            () => MeterOf(2).MeasureAsync(workload, engine, Options));
        Assert.Contains("its input was changed", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 3 }, 3)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 8, 2, 4, 100 }, 6)]
    public void TheMedianIsTheMiddle(double[] numbers, double median) => Assert.Equal(median, Median.Of(numbers));

    [Fact]
    public void NoNumbersHaveNoMedian() => Assert.Throws<ArgumentException>(() => Median.Of([]));

    private static Checksum Right => new() { Value = 7, Rows = 2 };

    private SingleInputWorkload<int> Floor(params int[] milliseconds)
    {
        int run = 0;
        return new SingleInputWorkload<int>(
            "W1", new int[1000], (_, _) => Spend(milliseconds[run++], Right), default, leastRatio: 0);
    }

    private ScriptedEngine Engine(int[] milliseconds, Func<int, Checksum>? result = null) =>
        new(["W1"], (run, _) => Spend(milliseconds[run], result?.Invoke(run) ?? Right));

    private Checksum Spend(int milliseconds, int value) =>
        Spend(milliseconds, new Checksum { Value = (ulong)value, Rows = 1 });

    private Checksum Spend(int milliseconds, Checksum result)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return result;
    }

    private Meter MeterOf(int repetitions) => new(_clock, repetitions, TimeSpan.FromMilliseconds(600));
}
