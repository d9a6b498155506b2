namespace StreamKit.Serialization;

/// <summary>Writes the values of one type into a snapshot and reads them back.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <remarks>
/// <para>
/// A snapshot names the <see cref="Schema"/> and the <see cref="Version"/> of everything in it, once each. State that
/// was written with another one is read by <see cref="Earlier"/> or by a migration, and refused where there is neither.
/// </para>
/// <para>
/// One serializer serves all lanes, and several threads call it at the same time: it keeps nothing between calls. A
/// value reads back equal to what was written. Where the type is a reference, values may be null.
/// </para>
/// </remarks>
public abstract class StateSerializer<T> : IStateSerializer
{
    /// <summary>What is written, such as "int64" or "Shop.Cart"; the same in every process, for ever.</summary>
    /// <remarks>Not taken from the name of the type where that may change.</remarks>
    public abstract string Schema { get; }

    /// <summary>Which layout of the schema is written; higher for each new one. Default: 1.</summary>
    public virtual int Version => 1;

    Type IStateSerializer.Type => typeof(T);

    IRows? IStateSerializer.Rows => Rows;

    /// <summary>Writes a value: at least one primitive or other value, as <see cref="Read"/> expects it.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(ref StateWriter writer, in T value);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where it comes from.</param>
    /// <exception cref="StateException">The bytes are not what this serializer writes.</exception>
    public abstract T Read(ref StateReader reader);

    /// <summary>
    /// The serializer that reads an earlier version of the schema as this type; null where it cannot be read.
    /// </summary>
    /// <param name="version">The version that state was written with.</param>
    /// <remarks>
    /// For a layout that grew while the type stayed. Where the type changed as well, keep the old one under another
    /// name and register an <see cref="IStateMigration{TOld,TNew}"/>. Default: null.
    /// </remarks>
    public virtual StateSerializer<T>? Earlier(int version) => null;

    private protected virtual IRows? Rows => null;
}
