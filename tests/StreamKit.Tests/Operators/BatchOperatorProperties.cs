using FsCheck.Xunit;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>What a list holds, the watermark does not pass; and it waits for nothing else.</summary>
[Properties(MaxTest = 200)]
public class BatchOperatorProperties
{
    private const int Within = 3;

    [Property]
    public void TheWatermarkGoesAsFarAsWhatIsHeldLetsIt(int seed, byte max)
    {
        var random = new Random(seed);
        var next = new RecordingReceiver<IReadOnlyList<int>>(() => random.Next(3) > 0);
        var bench = new Bench(batchSize: 1 + (seed & 7));
        Receiver<Batch<int>> head = Keyed(next, bench, 1 + (max % 6));
        List<int> held = [];
        int seen = 0;
        long watermark = long.MinValue, sent = long.MinValue;
        for (int step = 0; step < 60; step++)
        {
            switch (random.Next(5))
            {
                case 0:
                    watermark = Math.Max(watermark, random.Next(-40, 40) + step);
                    bench.Push(head, Signal.Watermark(watermark));
                    break;
                case 1:
                    bench.Clock.Now++;
                    bench.Push(head, Signal.ProcessingTime(bench.Clock.Now));
                    break;
                case 2:
                    bench.Push(head, Signal.Drained);
                    break;
                default:
                    int least = (int)Math.Max(watermark, -50);
                    int[] records = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => least + random.Next(30))];
                    held.AddRange(records);
                    bench.Push(head, records.Select(static record => ((long)record, record)));
                    break;
            }

            Follow(next.Elements.Skip(seen), held, ref sent);
            seen = next.Elements.Count;
            Assert.Equal(Math.Min(watermark, held.Count == 0 ? long.MaxValue : held.Min()), sent);
        }

        bench.Push(head, Signal.Watermark(long.MaxValue));
        bench.Push(head, Signal.End);
        Follow(next.Elements.Skip(seen), held, ref sent);
        Assert.Empty(held);
        Assert.Equal(long.MaxValue, sent);
        Assert.Equal(Signal.End, next.Signals.Last());
        Assert.True(head.HoldsNothing);
        Assert.Equal(long.MaxValue, head.NextTimer);
    }

    [Property]
    public void NoRecordWaitsLongerThanItMay(int seed)
    {
        var random = new Random(seed);
        var next = new RecordingReceiver<IReadOnlyList<int>>();
        var bench = new Bench();
        Receiver<Batch<int>> head = Keyed(next, bench, max: 1_000);
        long latest = 0;
        for (int step = 0; step < 40; step++)
        {
            bench.Clock.Now += random.Next(3);

            // A clock that is set back keeps nobody longer than the time that it was set back by.
            bench.Clock.Now -= random.Next(10) == 0 ? 5 : 0;
            latest = Math.Max(latest, bench.Clock.Now);
            if (head.NextTimer <= bench.Clock.Now)
            {
                bench.Push(head, Signal.ProcessingTime(bench.Clock.Now));
            }

            Assert.True(head.NextTimer > bench.Clock.Now, "what was due has gone");
            bench.Push(head, [((long)step, random.Next(8))]);
            Assert.InRange(head.NextTimer, bench.Clock.Now, latest + Within);
        }
    }

    [Fact]
    public void AnInputThatFallsSilentHandsOverWhatItHolds()
    {
        var next = new RecordingReceiver<IReadOnlyList<int>>();
        var bench = new Bench();
        Receiver<Batch<int>> head = Keyed(next, bench, max: 10);
        bench.Push(head, [(5L, 5), (7L, 7)]);
        bench.Push(head, Signal.Watermark(6));
        Assert.Equal([Signal.Watermark(5)], next.Signals);
        bench.Push(head, Signal.Idle);

        Assert.Equal([Signal.Watermark(5), Signal.Watermark(6), Signal.Idle], next.Signals);
        Assert.Equal([[5, 7]], next.Values);
        Assert.Equal(Signal.Idle, next.Elements[^1].Signal);
    }

    // Odd and even numbers are the keys; a number is its own event time, too.
    private static KeyByOperator<int, int> Keyed(RecordingReceiver<IReadOnlyList<int>> next, Bench bench, int max) =>
        new(
            static record => record & 1,
            [new BatchOperator<int, int, IReadOnlyList<int>>(
                max, Within, static (_, list) => list, next, bench.Context())],
            bench.Context());

    private static void Follow(IEnumerable<Recorded<IReadOnlyList<int>>> outputs, List<int> held, ref long sent)
    {
        foreach (Recorded<IReadOnlyList<int>> output in outputs)
        {
            if (output.Signal is not { } signal)
            {
                Assert.NotEmpty(output.Value);
                Assert.Equal(output.Value.Max(), output.Timestamp);
                Assert.True(output.Value.Min() >= sent, "no record is overtaken by a watermark");
                Assert.All(output.Value, record => Assert.True(held.Remove(record), "every record goes out once"));
            }
            else if (signal.Kind == SignalKind.Watermark)
            {
                Assert.True(signal.Value > sent, "watermarks rise");
                sent = signal.Value;
            }
        }
    }
}
