namespace StreamKit.Workloads.Data;

/// <summary>Ranks 0 to n-1, rank r as likely as 1 / (r + 1): few keys are hot, most are rare.</summary>
internal sealed class Zipf
{
    private readonly double[] _cumulative;

    public Zipf(int ranks)
    {
        _cumulative = new double[ranks];
        double total = 0;
        for (int i = 0; i < ranks; i++)
        {
            total += 1.0 / (i + 1);
            _cumulative[i] = total;
        }

        for (int i = 0; i < ranks; i++)
        {
            _cumulative[i] /= total;
        }
    }

    public int Next(ref Rng rng)
    {
        int index = Array.BinarySearch(_cumulative, rng.Fraction());
        if (index < 0)
        {
            index = ~index;
        }

        return Math.Min(index, _cumulative.Length - 1);
    }
}
