namespace StreamKit.Serialization;

/// <summary>A registered migration, of which the old type is not written down.</summary>
internal interface IMigrationTo<TNew>
{
    /// <summary>What reads the schema by way of the old type; null where that does not lead there.</summary>
    StateSerializer<TNew>? TryReader(StateTypes types, string schema, int version, HashSet<Type> visited);
}
