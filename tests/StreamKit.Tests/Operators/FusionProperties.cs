using FsCheck.Xunit;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>
/// Steps in one operator give the same results, failures and counts as each step in an operator of its own.
/// </summary>
[Properties(MaxTest = 500)]
public class FusionProperties
{
    private static readonly Func<int, int>[] s_selectors =
    [
        static x => x + 1,
        static x => x % 5 == 2 ? throw new FormatException("not this one") : x * 3,
        static x => x % 7 == 3 ? throw new OverflowException("nor this one") : x - 2,
    ];

    private static readonly Func<int, bool>[] s_predicates =
    [
        static x => x % 2 == 0,
        static x => x % 9 == 4 ? throw new FormatException("cannot say") : x % 3 != 0,
        static x => x > 0,
    ];

    [Property]
    public void AnyChain(byte[] steps, int[] values)
    {
        Outcome apart = Run(steps, values, fuses: false);
        Outcome fused = Run(steps, values, fuses: true);

        Assert.Equal(apart.Elements, fused.Elements);
        Assert.Equal(apart.Failures, fused.Failures);
        Assert.Equal(apart.Counts, fused.Counts);
    }

    [Fact]
    public void SelectorsBehindAPredicateAreOneOperator()
    {
        var bench = new Bench();
        var next = new RecordingReceiver<string>();
        Receiver<Batch<int>> chain = Fusion.Where(
            static x => x > 1,
            Fusion.Select(
                static (int x) => (long)x,
                Fusion.Select(static (long x) => $"<{x}>", next, bench.Context()),
                bench.Context()),
            bench.Context());

        Assert.IsType<SelectOperator<int, string>>(chain);
        bench.Push(chain, 1, 2, 3);
        Assert.Equal(["<2>", "<3>"], next.Values);
        Assert.Equal([1, 2], next.Elements.Select(static e => e.Timestamp));
    }

    [Fact]
    public void TheStepThatFailsIsNamedThoughItIsNoOperatorOfItsOwn()
    {
        var bench = new Bench(goesOn: false);
        Receiver<Batch<int>> chain = Fusion.Select(
            static (int x) => x * 10,
            Fusion.Select(
                static (int x) => x == 20 ? throw new FormatException("twenty") : x,
                new RecordingReceiver<int>(),
                bench.Context("second")),
            bench.Context("first"));

        StreamException error = Assert.Throws<StreamException>(() => bench.Push(chain, 1, 2, 3));

        Assert.Equal("second", error.Operator);
        Assert.Equal("twenty", Assert.IsType<FormatException>(error.InnerException).Message);
    }

    private static Outcome Run(byte[] steps, int[] values, bool fuses)
    {
        var bench = new Bench();
        var end = new RecordingReceiver<int>();
        List<OperatorContext> contexts = [];
        Receiver<Batch<int>> chain = end;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            OperatorContext context = bench.Context($"step-{i}");
            contexts.Add(context);
            int which = steps[i] / 2 % 3;
            chain = (steps[i] % 2 == 0, fuses) switch
            {
                (true, true) => Fusion.Where(s_predicates[which], chain, context),
                (true, false) => new WhereOperator<int>(s_predicates[which], chain, context),
                (false, true) => Fusion.Select(s_selectors[which], chain, context),
                (false, false) => new SelectOperator<int, int>(s_selectors[which], chain, context),
            };
        }

        bench.Push(chain, values);
        bench.Push(chain, Signal.End);
        return new Outcome(
            end.Elements,
            [.. bench.Errors.Failed
                .Select(static f => (f.Operator, f.Record, f.Timestamp, f.Exception.Message))
                .OrderBy(static f => f.Timestamp)
                .ThenBy(static f => f.Operator, StringComparer.Ordinal)],
            [.. contexts.Select(static c => (c.Counters.RecordsIn, c.Counters.RecordsOut, c.Counters.Errors))]);
    }

    private sealed record Outcome(
        List<Recorded<int>> Elements,
        List<(string Operator, object? Record, long? Timestamp, string Message)> Failures,
        List<(long In, long Out, long Errors)> Counts);
}
