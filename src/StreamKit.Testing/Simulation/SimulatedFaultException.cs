namespace StreamKit.Testing.Simulation;

/// <summary>Something that went wrong because the simulation wanted it to.</summary>
public sealed class SimulatedFaultException : Exception
{
    internal SimulatedFaultException(string what)
        : base($"Simulated: {what}")
    {
    }
}
