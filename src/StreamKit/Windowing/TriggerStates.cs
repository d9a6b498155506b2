using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>The states of one trigger for all keys and windows of an operator, by number.</summary>
/// <remarks>A trigger that throws leaves its state as it was.</remarks>
internal abstract class TriggerStates<T>
{
    /// <summary>Where a key and window has no state yet.</summary>
    public const int None = -1;

    /// <summary>Makes a state and returns its number.</summary>
    public abstract int Open();

    /// <summary>Gives a state back.</summary>
    public abstract void Close(int state);

    public abstract TriggerResult OnRecord(int state, in T record, TriggerContext context);

    public abstract TriggerResult OnEventTimer(int state, TriggerContext context);

    public abstract TriggerResult OnProcessingTimer(int state, TriggerContext context);

    /// <summary>Merges a state into another one; both stay open.</summary>
    public abstract void Merge(int into, int from);

    /// <summary>Says what type the states are of.</summary>
    public abstract void DeclareNeeds(StateNeeds needs);

    /// <summary>Writes a state.</summary>
    public abstract void Write(ref StateWriter writer, int state);

    /// <summary>Reads a state that was written, and returns its number here.</summary>
    public abstract int Read(ref StateReader reader);
}
