using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>Something in a subtask that remembers, so that a checkpoint must hold what it remembers.</summary>
/// <remarks>
/// It is asked only while nothing is under way: all records given to it have been worked on, and all results have been
/// handed over. What was restored is exactly what was saved, so that whoever goes on from a checkpoint does what would
/// have been done without the interruption.
/// </remarks>
internal interface IStateful
{
    /// <summary>What remembers, in a word or two for people who look into a checkpoint.</summary>
    string StateKind { get; }

    /// <summary>The version of the form that <see cref="Save"/> writes; it rises when the form changes.</summary>
    int StateVersion => 1;

    /// <summary>Names the types of users that the state is made of.</summary>
    void Declare(StateNeeds needs);

    /// <summary>Writes the state down, or copies it to be written by another thread while work goes on.</summary>
    void Save(OperatorSnapshot snapshot);

    /// <summary>Takes up the state; called once, before the first record.</summary>
    /// <exception cref="StateException">The state cannot be taken up here; the message says why.</exception>
    void Restore(OperatorState state);
}
