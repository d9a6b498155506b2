using FsCheck.Xunit;
using StreamKit.Operators;

namespace StreamKit.Tests.Operators;

public class EventOrderTests
{
    [Property(MaxTest = 500)]
    public void WhatIsTakenIsAStableSortOfWhatIsBelowTheBound(List<(sbyte Timestamp, bool TakesAfter)> steps, sbyte low)
    {
        var order = new EventOrder<int>();
        var waiting = new List<(long Timestamp, int Number)>();
        for (int number = 0; number < steps.Count; number++)
        {
            order.Add(steps[number].Timestamp, number);
            waiting.Add((steps[number].Timestamp, number));
            if (steps[number].TakesAfter)
            {
                AssertTakes(order, waiting, steps[number].Timestamp + low);
            }
        }

        AssertTakes(order, waiting, long.MaxValue);
        Assert.Equal(0, order.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(7_919)]
    public void AnyOrderOfManyIsSorted(int step)
    {
        const int count = 200_003; // A prime, so that every step visits all.
        var order = new EventOrder<long>();
        for (long i = 0; i < count; i++)
        {
            long at = (((i * step) % count) + count) % count;
            order.Add(at, at);
        }

        Assert.Equal(count, order.Count);
        for (long i = 0; i < count; i++)
        {
            Assert.True(order.TryTakeBefore(long.MaxValue, out long timestamp, out long item));
            Assert.Equal((i, i), (timestamp, item));
        }

        Assert.False(order.TryTakeBefore(long.MaxValue, out _, out _));
    }

    [Fact]
    public void WhatWasTakenIsNotKeptAlive()
    {
        var order = new EventOrder<object>();
        order.Add(0, new object());
        WeakReference first = AddOne(order);
        Assert.True(order.TryTakeBefore(1, out _, out _));
        TakeOne(order);

        GC.Collect();
        Assert.False(first.IsAlive);
        Assert.Equal(0, order.Count);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference AddOne(EventOrder<object> order)
    {
        object item = new();
        order.Add(1, item);
        return new WeakReference(item);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void TakeOne(EventOrder<object> order) => Assert.True(order.TryTakeBefore(2, out _, out _));

    private static void AssertTakes(EventOrder<int> order, List<(long Timestamp, int Number)> waiting, long bound)
    {
        foreach ((long Timestamp, int Number) expected in
            waiting.Where(w => w.Timestamp < bound).OrderBy(w => w.Timestamp))
        {
            Assert.True(order.TryTakeBefore(bound, out long timestamp, out int number));
            Assert.Equal(expected, (timestamp, number));
        }

        waiting.RemoveAll(w => w.Timestamp < bound);
        Assert.False(order.TryTakeBefore(bound, out _, out _));
        Assert.Equal(waiting.Count, order.Count);
    }
}
