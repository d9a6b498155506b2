namespace StreamKit.Testing.Simulation;

/// <summary>Something that went wrong because the simulation wanted it to.</summary>
public sealed class SimulatedFault : Exception
{
    internal SimulatedFault(string what)
        : base($"Simulated: {what}")
    {
    }
}
