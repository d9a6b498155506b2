using StreamKit.Records;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Tests.State;

public class KeyHashersTests
{
    private const ulong Seed = 0x1234_5678_9ABC_DEF0;

    private const ulong OtherSeed = 0x0FED_CBA9_8765_4321;

    private enum Colour : byte
    {
        Red = 1,
        Blue = 200,
    }

    // Stored state is found again by these hashes: a change here is a change of the format.
    [Theory]
    [InlineData("", 12805320499352514504UL)]
    [InlineData("a", 12949722272151279905UL)]
    [InlineData("abc", 13671351972859189201UL)]
    [InlineData("dotnet", 7880969810471529608UL)]
    [InlineData("eventtime", 3929215819836809239UL)]
    [InlineData("a longer key that takes the loop of words", 399670930493682976UL)]
    [InlineData("\ud83d\ude00 smile", 9781014230515677614UL)]
    public void TextHasTheHashThatItAlwaysHad(string text, ulong hash) =>
        Assert.Equal(hash, KeyHashers.For<string>().Hash(text, Seed));

    [Fact]
    public void NumbersHaveTheHashThatTheyAlwaysHad()
    {
        Assert.Equal(3241858608555636375UL, KeyHashers.For<int>().Hash(42, Seed));
        Assert.Equal(4305792319647199547UL, KeyHashers.For<long>().Hash(-42, Seed));
        Assert.Equal(
            8447158585908380995UL, KeyHashers.For<Guid>().Hash(new Guid("00112233-4455-6677-8899-aabbccddeeff"), Seed));
        Assert.Equal(15577677007106260498UL, KeyHashers.For<DateOnly>().Hash(new DateOnly(2024, 3, 1), Seed));
    }

    [Fact]
    public void TuplesHaveTheHashThatTheyAlwaysHad()
    {
        ulong one = KeyHashers.For<int>().Hash(1, Seed), a = KeyHashers.For<string>().Hash("a", Seed);
        ulong empty = KeyHashers.For<Guid>().Hash(Guid.Empty, Seed);

        Assert.Equal(10638828302202557264UL, KeyHashers.For<(int, string?)>().Hash((1, "a"), Seed));
        Assert.Equal(Mixing.Mix(one, a, Seed), KeyHashers.For<(int, string?)>().Hash((1, "a"), Seed));
        Assert.Equal(Mixing.Mix(one, Seed, Seed), KeyHashers.For<(int, string?)>().Hash((1, null), Seed));
        Assert.Equal(
            Mixing.Mix(Mixing.Mix(one, a, Seed), empty, Seed),
            KeyHashers.For<(int, string, Guid)>().Hash((1, "a", Guid.Empty), Seed));
        Assert.NotEqual(
            KeyHashers.For<(int, int)>().Hash((1, 2), Seed), KeyHashers.For<(int, int)>().Hash((2, 1), Seed));
    }

    [Fact]
    public void EveryTypeOfKeyThatIsOneNumberOrTextIsStable()
    {
        Assert.True(KeyHashers.For<string>().IsStable);
        Assert.True(KeyHashers.For<int>().IsStable);
        Assert.True(KeyHashers.For<long>().IsStable);
        Assert.True(KeyHashers.For<Guid>().IsStable);
        Assert.True(KeyHashers.For<Colour>().IsStable);
        Assert.True(KeyHashers.For<DateTime>().IsStable);
        Assert.True(KeyHashers.For<Unit>().IsStable);
        Assert.True(KeyHashers.For<DateTimeOffset>().IsStable);
        Assert.True(KeyHashers.For<Timestamp>().IsStable);
        Assert.True(KeyHashers.For<(int, string)>().IsStable);
        Assert.True(KeyHashers.For<(int, (string, DateTimeOffset), Colour)>().IsStable);
        Assert.False(KeyHashers.For<Version>().IsStable);
        Assert.False(KeyHashers.For<(int, Version)>().IsStable);
    }

    [Fact]
    public void AColumnHasTheHashesOfItsKeys()
    {
        AssertColumn(0, 1, -1, int.MaxValue, int.MinValue);
        AssertColumn(0L, 1, -1, long.MaxValue, long.MinValue);
        AssertColumn<uint>(0, 1, uint.MaxValue);
        AssertColumn<ulong>(0, 1, ulong.MaxValue);
        AssertColumn<short>(0, 1, -1);
        AssertColumn<ushort>(0, 1, ushort.MaxValue);
        AssertColumn<byte>(0, 1, byte.MaxValue);
        AssertColumn<sbyte>(0, 1, -1);
        AssertColumn('a', 'b', '\ud83d');
        AssertColumn(true, false);
        AssertColumn(Colour.Red, Colour.Blue);
        AssertColumn(new DateTime(1, DateTimeKind.Utc), new DateTime(2, DateTimeKind.Utc));
        AssertColumn(TimeSpan.Zero, TimeSpan.FromTicks(-1));
        AssertColumn(DateOnly.MinValue, DateOnly.MaxValue);
        AssertColumn(TimeOnly.MinValue, TimeOnly.MaxValue);
        AssertColumn(
            Guid.Empty, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), new Guid(2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        AssertColumn("", "a", "b", "ab", "ba");
        AssertColumn((1, "a"), (1, "b"), (2, "a"));
        AssertColumn(1.5, -1.5, double.MaxValue);
        AssertColumn(1.5m, -1.5m);
    }

    [Fact]
    public void EqualKeysHaveEqualHashesEvenWhereTheirBitsDiffer()
    {
        KeyHasher<DateTime> dates = KeyHashers.For<DateTime>();
        var utc = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime unspecified = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);

        Assert.Equal(utc, unspecified);
        Assert.Equal(dates.Hash(utc, Seed), dates.Hash(unspecified, Seed));
        Assert.Equal(KeyHashers.For<double>().Hash(0.0, Seed), KeyHashers.For<double>().Hash(-0.0, Seed));
        Assert.Equal(KeyHashers.For<decimal>().Hash(1.0m, Seed), KeyHashers.For<decimal>().Hash(1.00m, Seed));
    }

    [Fact]
    public void TextsOfEveryLengthThatDifferInOneCharacterDiffer()
    {
        KeyHasher<string> hasher = KeyHashers.For<string>();
        HashSet<ulong> seen = [];
        int texts = 0;
        for (int length = 0; length <= 70; length++)
        {
            char[] characters = new char[length];
            Array.Fill(characters, 'x');
            Assert.True(seen.Add(hasher.Hash(new string(characters), Seed)));
            texts++;
            for (int place = 0; place < length; place++)
            {
                foreach (char other in (ReadOnlySpan<char>)['y', '\u0178', '\ud83d', '\ude00', '\0'])
                {
                    characters[place] = other;
                    Assert.True(
                        seen.Add(hasher.Hash(new string(characters), Seed)), $"{length} {place} {(int)other:x}");
                    texts++;
                }

                characters[place] = 'x';
            }
        }

        Assert.Equal(texts, seen.Count);
    }

    [Fact]
    public void TheHashDependsOnTheCharactersAndNotOnTheInstance()
    {
        string built = string.Concat("event", "-", 7.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(KeyHashers.For<string>().Hash("event-7", Seed), KeyHashers.For<string>().Hash(built, Seed));
    }

    [Fact]
    public void AnotherSeedPutsKeysOnOtherLanes()
    {
        KeyHasher<int> numbers = KeyHashers.For<int>();
        KeyHasher<string> texts = KeyHashers.For<string>();
        int moved = 0, movedTexts = 0;
        for (int i = 0; i < 1_000; i++)
        {
            moved += Lane(numbers.Hash(i, Seed)) == Lane(numbers.Hash(i, OtherSeed)) ? 0 : 1;
            string text = $"key-{i}";
            movedTexts += Lane(texts.Hash(text, Seed)) == Lane(texts.Hash(text, OtherSeed)) ? 0 : 1;
        }

        // Of four lanes three are others.
        Assert.InRange(moved, 650, 850);
        Assert.InRange(movedTexts, 650, 850);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(7, 8)]
    [InlineData(42, 43)]
    public void JobsWithSeedsThatAreCloseTogetherPutKeysOnOtherLanes(ulong seed, ulong next)
    {
        const int keys = 20_000;
        ulong one = new JobOptions { HashSeed = seed }.ToSettings("job").HashSeed;
        ulong other = new JobOptions { HashSeed = next }.ToSettings("job").HashSeed;
        KeyHasher<int> numbers = KeyHashers.For<int>();
        KeyHasher<string> texts = KeyHashers.For<string>();
        foreach (int lanes in (int[])[2, 3, 4, 8, 16])
        {
            int moved = 0, movedTexts = 0;
            for (int i = 0; i < keys; i++)
            {
                moved += LaneOf(numbers.Hash(i, one)) == LaneOf(numbers.Hash(i, other)) ? 0 : 1;
                string text = $"key-{i}";
                movedTexts += LaneOf(texts.Hash(text, one)) == LaneOf(texts.Hash(text, other)) ? 0 : 1;
            }

            // Twenty thousand fair throws deviate from their mean by less than 0.02 in all but one of many millions.
            double expected = 1 - (1.0 / lanes);
            Assert.InRange(moved / (double)keys, expected - 0.02, expected + 0.02);
            Assert.InRange(movedTexts / (double)keys, expected - 0.02, expected + 0.02);

            int LaneOf(ulong hash) => KeyGroups.LaneOf(KeyGroups.GroupOf(hash), lanes);
        }
    }

    [Theory]
    [InlineData("numbers in a row")]
    [InlineData("every thousandth number")]
    [InlineData("texts")]
    [InlineData("powers and their neighbours")]
    public void KeysSpreadEvenlyOverTheGroups(string kind)
    {
        const int keys = 128 * 200;
        int[] counts = new int[KeyGroups.Count];
        for (int i = 0; i < keys; i++)
        {
            ulong hash = kind switch
            {
                "numbers in a row" => KeyHashers.For<int>().Hash(i, Seed),
                "every thousandth number" => KeyHashers.For<long>().Hash(i * 1_000L, Seed),
                "texts" => KeyHashers.For<string>().Hash($"user:{i}", Seed),
                _ => KeyHashers.For<ulong>().Hash((1UL << (i % 64)) + ((ulong)i * 0x1_0000_0000), Seed),
            };
            counts[KeyGroups.GroupOf(hash)]++;
        }

        double expected = keys / (double)KeyGroups.Count;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);

        // 127 degrees of freedom: a fair die stays below 203 in all but one of 100,000 throws of this size.
        Assert.InRange(chiSquare, 0, 203);
    }

    [Fact]
    public void TheLowerHalfSpreadsTheKeysOfOneGroupOverATable()
    {
        KeyHasher<int> hasher = KeyHashers.For<int>();
        int[] slots = new int[64];
        int keys = 0;
        for (int i = 0; keys < 64 * 100; i++)
        {
            ulong hash = hasher.Hash(i, Seed);
            if (KeyGroups.GroupOf(hash) == 5)
            {
                slots[(int)((uint)hash & 63)]++;
                keys++;
            }
        }

        Assert.InRange(slots.Sum(static count => (count - 100.0) * (count - 100.0) / 100), 0, 120);
    }

    private static int Lane(ulong hash) => KeyGroups.LaneOf(KeyGroups.GroupOf(hash), 4);

    private static void AssertColumn<TKey>(params TKey[] keys)
    {
        KeyHasher<TKey> hasher = KeyHashers.For<TKey>();
        ulong[] hashes = new ulong[keys.Length + 1];
        hashes[^1] = 77;
        hasher.Hash(keys, hashes, Seed);

        for (int i = 0; i < keys.Length; i++)
        {
            Assert.Equal(hasher.Hash(keys[i], Seed), hashes[i]);
        }

        Assert.Equal(77UL, hashes[^1]);
        Assert.Equal(keys.Length, hashes[..^1].Distinct().Count());
    }
}
