using StreamKit.Records;

namespace StreamKit.Testing.Running;

/// <summary>A subtask of a run whose batch type is not written down.</summary>
internal interface ISynchronousStage
{
    long NextTimer { get; }

    bool HoldsNothing { get; }

    /// <summary>Gives the subtask a signal of its own and goes on until it can take more.</summary>
    void OnLocalSignal(Signal signal);
}
