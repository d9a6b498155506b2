namespace StreamKit.Testing.Simulation;

/// <summary>Decides at which places of one run something goes wrong.</summary>
/// <remarks>
/// Each place is asked for in the order of the run and has a number. A fault can be left out by its number, which is
/// how a failing run is made smaller: the same seed with as few faults as it takes.
/// </remarks>
internal sealed class FaultPlan(int seed, double rate, IReadOnlySet<int> leftOut)
{
    private readonly Random _random = new(seed);
    private int _places;

    /// <summary>The faults that happened: the number of the place, and what went wrong.</summary>
    public List<(int Place, string What)> Happened { get; } = [];

    /// <summary>Whether something goes wrong here.</summary>
    /// <param name="what">What it would be.</param>
    /// <param name="weight">How likely it is, as a multiple of what is usual.</param>
    public bool Strikes(string what, double weight = 1)
    {
        int place = _places++;
        bool strikes = _random.NextDouble() < rate * weight;
        if (!strikes || leftOut.Contains(place))
        {
            return false;
        }

        Happened.Add((place, what));
        return true;
    }
}
