namespace StreamKit.Serialization;

/// <summary>
/// Collects the types whose values would be written into a snapshot, and finds those without a serializer.
/// </summary>
/// <remarks>Asked when a pipeline is built, so that what is missing is told before anything runs.</remarks>
public sealed class StateNeeds
{
    private readonly StateTypes _types;
    private readonly List<Type> _missing = [];

    internal StateNeeds(StateTypes types) => _types = types;

    /// <summary>The types without a serializer, in the order in which they were added, each once.</summary>
    public IReadOnlyList<Type> Missing => _missing;

    /// <summary>Says that values of a type are written with <see cref="StateWriter.Value{T}"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public void Add<T>()
    {
        if (_types.Find<T>() is null && !_missing.Contains(typeof(T)))
        {
            _missing.Add(typeof(T));
        }
    }
}
