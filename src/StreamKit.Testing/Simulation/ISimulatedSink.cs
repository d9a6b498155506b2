namespace StreamKit.Testing.Simulation;

/// <summary>What a sink was given, whatever its type.</summary>
internal interface ISimulatedSink
{
    /// <summary>What is wrong with it, compared with that of an undisturbed run; null where nothing is.</summary>
    string? Compare(ISimulatedSink undisturbed);
}
