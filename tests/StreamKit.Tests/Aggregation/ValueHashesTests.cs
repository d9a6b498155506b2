using StreamKit.Aggregation;

namespace StreamKit.Tests.Aggregation;

public class ValueHashesTests
{
    // Computed apart from the program. Sketches outlive processes and versions, so these numbers may never change.
    [Fact]
    public void AHashIsTheSameInEveryProcess()
    {
        Assert.Equal(0x17B4F819FC17536FUL, ValueHashes.For<int>()(42));
        Assert.Equal(0xDC74DDD4C6E830C8UL, ValueHashes.For<string>()("streamkit"));
        Assert.Equal(0xD7D2F6A3DF0E515AUL, ValueHashes.For<string>()("a text of more than sixteen bytes"));
    }

    [Fact]
    public void NumbersThatAreEqualHashAlike()
    {
        Assert.Equal(ValueHashes.For<long>()(-7), ValueHashes.For<int>()(-7));
        Assert.Equal(ValueHashes.For<long>()(7), ValueHashes.For<byte>()(7));
        Assert.Equal(ValueHashes.For<long>()(7), ValueHashes.For<ulong>()(7));
        Assert.Equal(ValueHashes.For<double>()(0.0), ValueHashes.For<double>()(-0.0));
        Assert.Equal(ValueHashes.For<double>()(1.5), ValueHashes.For<float>()(1.5f));
        Assert.Equal(
            ValueHashes.For<double>()(double.NaN),
            ValueHashes.For<double>()(BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0001)));
        Assert.Equal(ValueHashes.For<decimal>()(1.0m), ValueHashes.For<decimal>()(1.000m));
        Assert.Equal(ValueHashes.For<decimal>()(0m), ValueHashes.For<decimal>()(-0.00m));
        Assert.Equal(
            ValueHashes.For<DateTimeOffset>()(new(2024, 1, 1, 12, 0, 0, TimeSpan.Zero)),
            ValueHashes.For<DateTimeOffset>()(new(2024, 1, 1, 13, 0, 0, TimeSpan.FromHours(1))));
    }

    [Fact]
    public void ValuesThatDifferHashApart()
    {
        AssertApart(1m, -1m, 10m, 0m, decimal.MaxValue, decimal.MinValue, 1e-28m);
        AssertApart(null, "", "\0", "\0\0", "a", "aa", "A", "a text of more than sixteen bytes");
        AssertApart(0.0, 1, -1, double.NaN, double.Epsilon, double.PositiveInfinity);
        AssertApart(0L, 1, -1, long.MaxValue, long.MinValue, 1L << 32);
        AssertApart(Guid.Empty, new(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        AssertApart(DayOfWeek.Sunday, DayOfWeek.Friday, DayOfWeek.Saturday);
        AssertApart(new DateOnly(2024, 2, 3), new DateOnly(2024, 2, 4));
        AssertApart(true, false);
    }

    [Fact]
    public void ATypeWithoutAStableHashIsRefusedWhenThePipelineIsBuilt() => Assert.Contains(
        "select what identifies the value",
        Assert.Throws<NotSupportedException>(() => ValueHashes.For<Version>()).Message,
        StringComparison.Ordinal);

    // Each bit of the input moves each bit of the hash half of the time.
    [Fact]
    public void EveryBitOfANumberReachesEveryBitOfItsHash()
    {
        const int trials = 4_000;
        Func<long, ulong> hash = ValueHashes.For<long>();
        var random = new Random(12);
        for (int bit = 0; bit < 64; bit++)
        {
            int[] flips = new int[64];
            for (int trial = 0; trial < trials; trial++)
            {
                long value = random.NextInt64();
                ulong difference = hash(value) ^ hash(value ^ (1L << bit));
                for (int at = 0; at < 64; at++)
                {
                    flips[at] += (int)(difference >> at & 1);
                }
            }

            // Five deviations of a fair coin, over 4,096 pairs of bits.
            double allowed = 5 * Math.Sqrt(trials) / 2;
            Assert.All(flips, count => Assert.InRange(count, (trials / 2) - allowed, (trials / 2) + allowed));
        }
    }

    private static void AssertApart<TValue>(params TValue[] values)
    {
        Func<TValue, ulong> hash = ValueHashes.For<TValue>();
        Assert.Equal(values.Length, values.Select(hash).Distinct().Count());
    }
}
