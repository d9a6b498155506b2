using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StreamKit.Time;

namespace StreamKit.Tests.Time;

[Properties(Arbitrary = [typeof(TickMathProperties)], MaxTest = 2_000)]
public class TickMathProperties
{
    private static readonly long[] s_edges =
        [long.MinValue, long.MinValue + 1, -10, -1, 0, 1, 10, long.MaxValue - 1, long.MaxValue];

    /// <summary>Ticks anywhere, with the ends of event time often among them.</summary>
    public static Arbitrary<long> Ticks() => Arb.From(Gen.OneOf(
        Gen.Elements(s_edges),
        Gen.Choose(-1_000, 1_000).Select(static small => (long)small),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(static two => ((long)two.Item1 << 32) ^ (uint)two.Item2)));

    [Property]
    public void AdditionSaturates(long one, long other)
    {
        BigInteger sum = (BigInteger)one + other;
        Assert.Equal((long)BigInteger.Max(long.MinValue, BigInteger.Min(long.MaxValue, sum)), TickMath.Add(one, other));
    }

    [Property]
    public void TheFloorRemainderIsNeverNegativeAndDiffersByWholeModuli(long value, long given)
    {
        long modulus = Positive(given);
        long remainder = TickMath.FloorMod(value, modulus);

        Assert.InRange(remainder, 0, modulus - 1);
        Assert.Equal(BigInteger.Zero, ((BigInteger)value - remainder) % modulus);
    }

    [Property]
    public void TheGreatestCommonDivisorIsThatOfArithmetic(long one, long other)
    {
        (one, other) = (Positive(one), Positive(other));
        Assert.Equal((long)BigInteger.GreatestCommonDivisor(one, other), TickMath.Gcd(one, other));
    }

    [Property]
    public void TheAlignedStartIsTheLastOneThatIsNotAboveTheInstant(long ticks, long givenSize, long offset)
    {
        long size = Positive(givenSize);
        BigInteger into = (((BigInteger)ticks - offset) % size + size) % size;
        BigInteger start = ticks - into;

        Assert.Equal(start < long.MinValue ? long.MinValue : (long)start, TickMath.AlignedStart(ticks, size, offset));
    }

    [Fact]
    public void ZeroIsDividedByEverything()
    {
        Assert.Equal(7, TickMath.Gcd(0, 7));
        Assert.Equal(7, TickMath.Gcd(7, 0));
        Assert.Equal(0, TickMath.Gcd(0, 0));
    }

    private static long Positive(long value) => value == long.MinValue ? long.MaxValue : Math.Max(1, Math.Abs(value));
}
