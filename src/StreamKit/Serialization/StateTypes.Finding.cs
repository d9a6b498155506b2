using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StreamKit.Serialization;

/// <content>How the serializer of a type is found.</content>
public sealed partial class StateTypes
{
    private const string NeedsCode =
        "Generates code for the type at run time. Register a source-generated JsonTypeInfo with UseJson, or a "
        + "StateSerializer with Use.";

    /// <summary>
    /// Whether the members of types are there to be found, and code can be generated for them; a trimmer makes it
    /// false, and takes away what only serves where it is true.
    /// </summary>
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    internal static bool GeneratesCode { get; } = RuntimeFeature.IsDynamicCodeSupported;

    private IStateSerializer? Find(Type type) => _registered.TryGetValue(type, out IStateSerializer? registered)
        ? registered
        : _found.GetOrAdd(type, static (type, types) => types.Resolve(type), this);

    private IStateSerializer? Resolve(Type type) =>
        BuiltIns.Find(type)
        ?? Named(type)
        ?? Composed(type)
        ?? (RuntimeFeature.IsDynamicCodeSupported ? Constructed(type) : null)
        ?? (GeneratesCode ? Generated(type) : null);

    private static IStateSerializer? Named(Type type) =>
        type.GetCustomAttribute<StateSerializerAttribute>(inherit: false) is { } named
            && !named.Serializer.ContainsGenericParameters
            ? Created(type, named.Serializer)
            : null;

    private static IStateSerializer Created(
        Type type,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type serializer) =>
        Activator.CreateInstance(serializer) is IStateSerializer created && created.Type == type
            ? created
            : throw new StateException(
                $"{TypeNames.Of(serializer)} is named as the serializer of {TypeNames.Of(type)} and is none: it has to "
                + $"be a StateSerializer<{TypeNames.Of(type)}>.");

    private IStateSerializer? Composed(Type type)
    {
        if (type.IsSZArray)
        {
            return RowsOf(type.GetElementType()!)?.ToArray(); // An array has elements.
        }

        if (!type.IsConstructedGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition(), first = type.GetGenericArguments()[0];
        return definition == typeof(List<>) ? RowsOf(first)?.ToList()
            : definition == typeof(IReadOnlyList<>) ? RowsOf(first)?.ToReadOnlyList()
            : definition == typeof(Nullable<>) ? RowsOf(first)?.ToNullable()
            : null;
    }

    private IRows? RowsOf(Type element) =>
        _rows.TryGetValue(element, out IRows? rows) ? rows : Find(element)?.Rows;

    [RequiresDynamicCode(NeedsCode)]
    private IStateSerializer? Constructed(Type type)
    {
        if (type.IsEnum)
        {
            return Created(type, typeof(EnumSerializer<>).MakeGenericType(type));
        }

        if (type.IsSZArray && type.GetElementType() is { } element)
        {
            return Find(element) is null ? null : Created(type, typeof(ArraySerializer<>).MakeGenericType(element));
        }

        if (!type.IsConstructedGenericType)
        {
            return null;
        }

        Type[] parts = type.GetGenericArguments();
        Type definition = type.GetGenericTypeDefinition();
        if (!Array.TrueForAll(parts, part => Find(part) is not null))
        {
            return null;
        }

        return definition == typeof(List<>) ? Created(type, typeof(ListSerializer<>).MakeGenericType(parts))
            : definition == typeof(IReadOnlyList<>)
            ? Created(type, typeof(ReadOnlyListSerializer<>).MakeGenericType(parts))
            : definition == typeof(Dictionary<,>)
            ? Created(type, typeof(DictionarySerializer<,>).MakeGenericType(parts))
            : TupleSerializers.Definition(definition) is { } tuple ? Created(type, tuple.MakeGenericType(parts))
            : null;
    }

    [RequiresDynamicCode(NeedsCode)]
    [RequiresUnreferencedCode(NeedsCode)]
    private IStateSerializer? Generated(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } present)
        {
            return Find(present) is null ? null : Created(type, typeof(NullableSerializer<>).MakeGenericType(present));
        }

        if (type.IsConstructedGenericType
            && type.GetCustomAttribute<StateSerializerAttribute>(inherit: false) is { } named)
        {
            return Array.TrueForAll(type.GetGenericArguments(), part => Find(part) is not null)
                ? Created(type, named.Serializer.MakeGenericType(type.GetGenericArguments()))
                : null;
        }

        return MessagePackState.Find(type, _messagePack);
    }

    private string MissingText(Type type)
    {
        Type part = MissingPart(type);
        string of = part == type ? "" : $", which is part of {TypeNames.Of(type)},";
        return $"Values of {TypeNames.Of(part)}{of} cannot be kept in state: "
            + (CanCompose(part)
                ? "this program is compiled ahead of time, where the serializer of such a type is not made by itself. "
                    + "Register it with StateTypes.UseTuple, UseDictionary, UseEnum, UseNullable, UseJson or Use."
                : "there is no serializer for them. Mark the type with [MessagePackObject] or [StateSerializer], or "
                    + "register it with StateTypes.UseJson or StateTypes.Use.");
    }

    private Type MissingPart(Type type)
    {
        IEnumerable<Type> parts = type.IsSZArray ? [type.GetElementType()!] // An array has elements.
            : type.IsConstructedGenericType && CanCompose(type) ? type.GetGenericArguments()
            : [];
        return parts.FirstOrDefault(part => Find(part) is null) is { } missing ? MissingPart(missing) : type;
    }

    private static bool CanCompose(Type type) =>
        type.IsEnum
        || type.IsSZArray
        || (type.IsConstructedGenericType
            && type.GetGenericTypeDefinition() is { } definition
            && (definition == typeof(List<>)
                || definition == typeof(IReadOnlyList<>)
                || definition == typeof(Nullable<>)
                || definition == typeof(Dictionary<,>)
                || TupleSerializers.Definition(definition) is not null
                || definition.IsDefined(typeof(StateSerializerAttribute), inherit: false)));
}
