using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using MessagePack;

namespace StreamKit.Serialization;

/// <summary>Knows how the values of each type are kept in snapshots.</summary>
/// <remarks>
/// <para>
/// Known from the start: numbers, text, dates and times, enums, <see cref="Guid"/>, <see cref="Uri"/>, and of known
/// types arrays, lists, dictionaries, tuples and nullable values; StreamKit's own types; what is marked with
/// <see cref="StateSerializerAttribute"/> or, where code can be generated at run time, with <c>[MessagePackObject]</c>.
/// All else is registered here. What is registered comes before what is known.
/// </para>
/// <para>Register before the pipeline is built; afterwards lanes read from here at the same time.</para>
/// </remarks>
public sealed partial class StateTypes
{
    private readonly ConcurrentDictionary<Type, IStateSerializer> _registered = new();
    private readonly ConcurrentDictionary<Type, IRows> _rows = new(); // By the type of the elements.
    private readonly ConcurrentDictionary<Type, List<object>> _migrations = new(); // By the new type.
    private readonly ConcurrentDictionary<Type, IStateSerializer?> _found = new();
    private MessagePackSerializerOptions? _messagePack;
    private References? _references;

    /// <summary>
    /// Types of which every one has a serializer, because values that have none are kept as they are: what is written
    /// is good in this process only. For tests of operators, whose types need no serializers then.
    /// </summary>
    internal static StateTypes OfOneProcess() => new() { _references = new References() };

    /// <summary>Uses a serializer for the values of its type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="serializer">The serializer; several threads call it at the same time.</param>
    /// <returns>This, to go on.</returns>
    public StateTypes Use<T>(StateSerializer<T> serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        _registered[typeof(T)] = serializer;
        _rows[typeof(T)] = new Rows<T>();
        _found.Clear();
        return this;
    }

    /// <summary>Uses JSON for the values of a type, with code that System.Text.Json generates at build time.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="typeInfo">What a <c>JsonSerializerContext</c> of yours says about the type.</param>
    /// <param name="schema">
    /// The name under which values are kept. Default: "json:" and the type's name with its namespace. Name it yourself
    /// where the type may be renamed.
    /// </param>
    /// <returns>This, to go on.</returns>
    /// <remarks>Works in trimmed programs and in those compiled ahead of time.</remarks>
    public StateTypes UseJson<T>(JsonTypeInfo<T> typeInfo, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Use(new JsonStateSerializer<T>(typeInfo, schema ?? "json:" + TypeNames.Of(typeof(T))));
    }

    /// <summary>Uses other options for the types that are marked with <c>[MessagePackObject]</c>.</summary>
    /// <param name="options">
    /// The options; null: the standard ones, which do not trust the bytes. They say of what layout the bytes are, so
    /// they have to be the same for as long as state is kept.
    /// </param>
    /// <returns>This, to go on.</returns>
    /// <exception cref="ArgumentException">
    /// The options are typeless: with them bytes could name any type to be created.
    /// </exception>
    [RequiresDynamicCode(NeedsCode)]
    [RequiresUnreferencedCode(NeedsCode)]
    public StateTypes UseMessagePack(MessagePackSerializerOptions? options = null)
    {
        _messagePack = options is null ? null : MessagePackState.Checked(options);
        _found.Clear();
        return this;
    }

    /// <summary>Uses MessagePack for the values of a type, under a name of its own.</summary>
    /// <typeparam name="T">The type, for which the options have a formatter.</typeparam>
    /// <param name="schema">
    /// The name under which values are kept; null: "msgpack:" and the type's name with its namespace.
    /// </param>
    /// <param name="options">The options; null: as for all others.</param>
    /// <returns>This, to go on.</returns>
    /// <exception cref="ArgumentException">
    /// The options are typeless: with them bytes could name any type to be created.
    /// </exception>
    [RequiresDynamicCode(NeedsCode)]
    [RequiresUnreferencedCode(NeedsCode)]
    public StateTypes UseMessagePack<T>(string? schema, MessagePackSerializerOptions? options = null) =>
        Use(MessagePackState.SerializerOf<T>(
            options is null ? _messagePack : MessagePackState.Checked(options), schema));

    /// <summary>Reads state of an old type as a new one.</summary>
    /// <typeparam name="TOld">The type that state was written with; it still has its serializer.</typeparam>
    /// <typeparam name="TNew">The type that is read.</typeparam>
    /// <param name="migration">What turns one into the other.</param>
    /// <returns>This, to go on.</returns>
    /// <remarks>
    /// Migrations form chains: from the first type to the second and from there to the third reads the first as the
    /// third. Where several lead to a type, the one that was registered first is taken.
    /// </remarks>
    public StateTypes Migrate<TOld, TNew>(IStateMigration<TOld, TNew> migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        _migrations.GetOrAdd(typeof(TNew), static _ => []).Add(new Migration<TOld, TNew>(migration));
        return this;
    }

    /// <summary>Writes one value as it stands in a snapshot; for tests of serializers and migrations.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="StateException">The type, or a part of it, has no serializer.</exception>
    public byte[] ToBytes<T>(T value)
    {
        var schemas = new StateSchemas(this);
        var body = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(body, schemas);
        writer.Value(in value);
        writer.Flush();

        var whole = new ArrayBufferWriter<byte>();
        writer = new StateWriter(whole, schemas);
        schemas.WriteTo(ref writer);
        writer.Flush();
        whole.Write(body.WrittenSpan);
        return whole.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote, in this program or an earlier one.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="StateException">The bytes are damaged, or nothing reads them as the type.</exception>
    public T FromBytes<T>(ReadOnlyMemory<byte> bytes)
    {
        var head = new StateReader(bytes, new StateSchemas(this));
        StateSchemas schemas = StateSchemas.Read(this, ref head);
        var reader = new StateReader(bytes[head.Consumed..], schemas);
        T value = reader.Value<T>();
        return reader.IsAtEnd ? value : throw StateException.Damaged("something follows the value");
    }

    /// <summary>The serializer of a type; null where there is none.</summary>
    internal StateSerializer<T>? Find<T>()
    {
        if (Find(typeof(T)) is { } found)
        {
            return (StateSerializer<T>)found;
        }

        // Made here also where none can be made by its name.
        return typeof(T).IsEnum ? new EnumSerializer<T>() : _references?.Of<T>();
    }

    /// <summary>What reads values that were written under a schema and version as a type of today.</summary>
    /// <exception cref="StateException">Nothing does.</exception>
    internal StateSerializer<T> ReaderOf<T>(string schema, int version) =>
        TryReaderOf<T>(schema, version, []) ?? throw new StateException(
            $"State of schema '{schema}', version {version}, cannot be read as {TypeNames.Of(typeof(T))}"
            + (Find<T>() is { } now ? $", whose serializer is of schema '{now.Schema}', version {now.Version}" : "")
            + ". Register what read it when it was written, with StateTypes.Use, and what turns it into today's type, "
            + "with StateTypes.Migrate; or let the serializer's Earlier return one for the version.");

    internal StateSerializer<T>? TryReaderOf<T>(string schema, int version, HashSet<Type> visited)
    {
        if (!visited.Add(typeof(T)))
        {
            return null;
        }

        if (Find<T>() is { } own && own.Schema == schema)
        {
            StateSerializer<T>? reader = own.Version == version ? own : own.Earlier(version);
            if (reader is not null)
            {
                return reader;
            }
        }

        foreach (object migration in _migrations.TryGetValue(typeof(T), out List<object>? all) ? all : [])
        {
            if (((IMigrationTo<T>)migration).TryReader(this, schema, version, visited) is { } reader)
            {
                return reader;
            }
        }

        return null;
    }

    /// <summary>Says that a type has no serializer, and what to do.</summary>
    internal StateException Missing(Type type) => new(MissingText(type));
}
