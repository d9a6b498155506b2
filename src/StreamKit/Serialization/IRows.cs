namespace StreamKit.Serialization;

/// <summary>Makes the serializers of rows of one type, and of its values that may be missing.</summary>
/// <remarks>
/// This is how rows are served without generating code at run time: the exact type is known to the instance, so that an
/// ahead-of-time compiler sees all that is needed. It is no part of the serializers themselves, because a compiler
/// would then have to follow rows of rows without end.
/// </remarks>
internal interface IRows
{
    IStateSerializer ToArray();

    IStateSerializer ToList();

    IStateSerializer ToReadOnlyList();

    /// <summary>Null where the type is not known to be a value.</summary>
    IStateSerializer? ToNullable();
}
