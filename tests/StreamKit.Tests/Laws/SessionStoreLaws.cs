using FsCheck.Fluent;
using StreamKit.Operators;

namespace StreamKit.Tests.Laws;

/// <summary>The store of sessions says what a list says, also where hashes collide and sessions go.</summary>
public class SessionStoreLaws
{
    private const long Gap = 10;

    [Fact]
    public void ARunFindsTheFirstSessionOfEachHash() => Law.Holds(
        Gen.Choose(0, 1000).ArrayOf().Resize(300).ToArbitrary(),
        moves =>
        {
            var store = new SessionStore<int, int, int>(remembersPanes: false);
            var model = new List<(int Id, int Key, long Start)>();
            foreach (int move in moves)
            {
                Move(store, model, move);
                Assert.Equal(model.Count, store.Count);
                Assert.Equal(model.DistinctBy(static s => s.Key).Count(), store.KeyCount);
                int[] keys = [.. Enumerable.Range(0, 60)];
                int[] found = new int[60];
                store.FindLikely([.. keys.Select(Hash)], found);
                Assert.Equal(keys.Select(key => FirstOf(model, key)), found);
            }
        });

    [Fact]
    public void ARunIsExtendedUpToTheFirstRecordThatDoesMore() => Law.Holds(
        Gen.Choose(0, 1_000_000).ArrayOf().Resize(60).ToArbitrary(),
        moves =>
        {
            var store = new SessionStore<int, int, int>(remembersPanes: false);
            var model = new List<(int Id, int Key, long Start)>();
            foreach (int move in moves.Take(moves.Length / 2))
            {
                Move(store, model, (move / 7 % 6 * 60) + (move % 7));
            }

            foreach (int id in store.All)
            {
                (store.At(id).IsComplete, store.At(id).IsDirty) = (id % 9 == 0, id % 2 == 0);
            }

            int[] keys = [.. moves.Select(static m => m % 7)];
            int[] ids = [.. keys.Select((key, i) => FirstOf(model, moves[i] % 31 == 0 ? 0 : key))];
            long[] times = [.. moves.Select(
                (m, i) => m % 29 == 0 ? m / 7 % 60 : store.At(ids[i]).Start + (m / 7 % 10))];
            (int count, Dictionary<int, long> ends) = Expected(store, keys, times, ids);

            Assert.Equal(count, store.Extend(ids, keys, times, Gap));
            Assert.All(store.All, id => Assert.Equal(ends[id], store.At(id).End));
        });

    private static (int Count, Dictionary<int, long> Ends) Expected(
        SessionStore<int, int, int> store, int[] keys, long[] times, int[] ids)
    {
        var ends = store.All.ToDictionary(static id => id, id => store.At(id).End);
        for (int i = 0; i < ids.Length; i++)
        {
            Session<int, int> session = store.At(ids[i]);
            if (ids[i] == 0
                || session.Key != keys[i]
                || session.Next != 0
                || session.IsComplete
                || times[i] < session.Start
                || times[i] >= ends[ids[i]])
            {
                return (i, ends);
            }

            ends[ids[i]] = Math.Max(ends[ids[i]], times[i] + Gap);
        }

        return (ids.Length, ends);
    }

    private static void Move(SessionStore<int, int, int> store, List<(int Id, int Key, long Start)> model, int move)
    {
        int key = move % 60;
        long start = move / 60 * Gap;
        if (move % 3 == 0 && model.Count > 0)
        {
            int gone = move % model.Count;
            store.Remove(model[gone].Id);
            model.RemoveAt(gone);
        }
        else if (!model.Exists(s => s.Key == key && s.Start == start))
        {
            model.Add((store.Open(key, Hash(key), start, start + Gap, 0), key, start));
        }
    }

    private static int FirstOf(List<(int Id, int Key, long Start)> model, int key) =>
        model.Where(s => s.Key == key).OrderBy(static s => s.Start).Select(static s => s.Id).FirstOrDefault();

    // Few homes, at both ends of the table, so that runs are long and wrap around; zero is a hash like any other.
    private static ulong Hash(int key) => (ulong)((key / 7 * 1024L) + (key % 7) - 3) & 0xFFFF_FFFF;
}
