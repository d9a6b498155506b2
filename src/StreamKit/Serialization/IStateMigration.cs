namespace StreamKit.Serialization;

/// <summary>Turns values of a type that state was written with into what the program uses now.</summary>
/// <typeparam name="TOld">The type as it was.</typeparam>
/// <typeparam name="TNew">The type as it is.</typeparam>
/// <remarks>
/// Registered with <see cref="StateTypes.Migrate{TOld,TNew}"/>. It is called while state is restored, once for each
/// value, possibly on several threads at a time. State is written in the new form from then on.
/// </remarks>
public interface IStateMigration<TOld, TNew>
{
    /// <summary>The value in its new form.</summary>
    /// <param name="old">The value as it was read.</param>
    TNew Migrate(TOld old);
}
