namespace StreamKit.Serialization;

/// <content>
/// Composites of types that have serializers, for programs compiled ahead of time; elsewhere they are found by
/// themselves.
/// </content>
public sealed partial class StateTypes
{
    /// <summary>Keeps an enum also as a part of lists and tuples.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <returns>This, to go on.</returns>
    /// <remarks>Needed where code cannot be generated at run time only.</remarks>
    public StateTypes UseEnum<T>()
        where T : struct, Enum => Use(new EnumSerializer<T>());

    /// <summary>Keeps values that may be missing.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <returns>This, to go on.</returns>
    /// <remarks>Needed where code cannot be generated at run time only, for values that you registered.</remarks>
    public StateTypes UseNullable<T>()
        where T : struct => Use(new NullableSerializer<T>());

    /// <summary>Keeps dictionaries that compare keys as their type does.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <returns>This, to go on.</returns>
    /// <remarks>Needed where code cannot be generated at run time only.</remarks>
    public StateTypes UseDictionary<TKey, TValue>()
        where TKey : notnull => Use(new DictionarySerializer<TKey, TValue>());

    /// <summary>Keeps tuples of two.</summary>
    /// <typeparam name="T1">The type of the first part.</typeparam>
    /// <typeparam name="T2">The type of the second part.</typeparam>
    /// <returns>This, to go on.</returns>
    /// <remarks>Needed where code cannot be generated at run time only.</remarks>
    public StateTypes UseTuple<T1, T2>() => Use(new TupleSerializers.Values<T1, T2>());

    /// <summary>Keeps tuples of three.</summary>
    /// <typeparam name="T1">The type of the first part.</typeparam>
    /// <typeparam name="T2">The type of the second part.</typeparam>
    /// <typeparam name="T3">The type of the third part.</typeparam>
    /// <returns>This, to go on.</returns>
    /// <remarks>Needed where code cannot be generated at run time only.</remarks>
    public StateTypes UseTuple<T1, T2, T3>() => Use(new TupleSerializers.Values<T1, T2, T3>());

    /// <summary>Keeps tuples of four.</summary>
    /// <typeparam name="T1">The type of the first part.</typeparam>
    /// <typeparam name="T2">The type of the second part.</typeparam>
    /// <typeparam name="T3">The type of the third part.</typeparam>
    /// <typeparam name="T4">The type of the fourth part.</typeparam>
    /// <returns>This, to go on.</returns>
    /// <remarks>Needed where code cannot be generated at run time only. Larger ones: write a serializer.</remarks>
    public StateTypes UseTuple<T1, T2, T3, T4>() => Use(new TupleSerializers.Values<T1, T2, T3, T4>());
}
