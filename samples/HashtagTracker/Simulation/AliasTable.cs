namespace HashtagTracker.Simulation;

/// <summary>Draws an index by given weights in constant time (Vose's alias method).</summary>
internal sealed class AliasTable
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    public AliasTable(ReadOnlySpan<double> weights)
    {
        int count = weights.Length;
        _keep = new double[count];
        _alias = new int[count];
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        var poor = new Stack<int>();
        var rich = new Stack<int>();
        for (int i = 0; i < count; i++)
        {
            _keep[i] = weights[i] * count / total;
            (_keep[i] < 1 ? poor : rich).Push(i);
        }

        Pair(poor, rich);
    }

    public int Draw(ref DeterministicRandom random)
    {
        int index = random.NextIndex(_keep.Length);
        return random.NextDouble() < _keep[index] ? index : _alias[index];
    }

    private void Pair(Stack<int> poor, Stack<int> rich)
    {
        while (poor.Count > 0 && rich.Count > 0)
        {
            int giver = rich.Pop();
            int taker = poor.Pop();
            _alias[taker] = giver;
            _keep[giver] -= 1 - _keep[taker];
            (_keep[giver] < 1 ? poor : rich).Push(giver);
        }

        // What is left is 1 but for rounding, and must never be replaced by an alias that was not set.
        foreach (int index in poor.Concat(rich))
        {
            _keep[index] = 1;
        }
    }
}
