using FsCheck.Fluent;
using StreamKit.State;

namespace StreamKit.Tests.Laws;

/// <summary>The hash table says what a dictionary says, also where hashes collide and entries go.</summary>
public class KeyTableLaws
{
    [Fact]
    public void ATableFollowsADictionary() => Law.Holds(
        Gen.Choose(0, 1000).ArrayOf().Resize(300).ToArbitrary(),
        moves =>
        {
            var table = new KeyTable<int, int>();
            var model = new Dictionary<int, int>();
            for (int i = 0; i < moves.Length; i++)
            {
                int key = moves[i] % 60;
                Move(table, model, key, moves[i], i);
                Assert.Equal(model.Count, table.Count);
            }

            Assert.Equal(
                model.OrderBy(e => e.Key),
                table.Entries.ToArray().Select(e => KeyValuePair.Create(e.Key, e.Value)).OrderBy(e => e.Key));
        });

    private static void Move(KeyTable<int, int> table, Dictionary<int, int> model, int key, int move, int value)
    {
        if (move == 1000)
        {
            table.Clear();
            model.Clear();
        }
        else if (move % 3 == 0 && table.Find(key, (uint)Hash(key)) is >= 0 and var found)
        {
            table.RemoveAt(found);
            Assert.True(model.Remove(key));
        }
        else
        {
            int index = table.FindOrAdd(key, Hash(key), out bool added);
            Assert.Equal(!model.ContainsKey(key), added);
            Assert.Equal(model.GetValueOrDefault(key), table.At(index).Value);
            table.At(index).Value = model[key] = value;
        }
    }

    // Few hashes, at both ends of the table, so that runs are long and wrap around.
    private static ulong Hash(int key) => (ulong)((key % 7) - 3) & 0xFFFF_FFFF;
}
