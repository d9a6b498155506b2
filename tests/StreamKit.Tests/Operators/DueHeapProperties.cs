using FsCheck.Fluent;
using StreamKit.Operators;
using StreamKit.Tests.Laws;

namespace StreamKit.Tests.Operators;

/// <summary>The heap of timers gives what a sorted list gives, however timers move.</summary>
public class DueHeapProperties
{
    [Fact]
    public void TimersComeInOrderHoweverTheyMoveAndGo() => Law.Holds(
        ArbMap.Default.ArbFor<(byte Item, short Time, bool Removed)[]>(), changes =>
        {
            var heap = new DueHeap<int>();
            DueEntry<int>[] entries = [.. Enumerable.Range(0, 256).Select(i => new DueEntry<int>(i))];
            var model = new Dictionary<int, DueKey>();
            foreach ((byte item, short time, bool removed) in changes)
            {
                if (removed)
                {
                    heap.Remove(entries[item]);
                    model.Remove(item);
                }
                else
                {
                    // Few times, so that ties are common.
                    var key = new DueKey(time % 5, time % 3, item);
                    heap.Set(entries[item], key);
                    model[item] = key;
                }

                Assert.Equal(model.Count, heap.Count);
                Assert.Equal(model.Count == 0 ? long.MaxValue : model.Values.Min(k => k.Time), heap.FirstTime);
            }

            Assert.False(heap.TryPeek(-5, out _));
            var drained = new List<int>();
            while (heap.TryPeek(long.MaxValue, out int item))
            {
                drained.Add(item);
                heap.Remove(entries[item]);
            }

            Assert.Equal(model.OrderBy(m => m.Value).Select(m => m.Key), drained);
        });
}
