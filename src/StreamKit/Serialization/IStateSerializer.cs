namespace StreamKit.Serialization;

/// <summary>A serializer of whatever type, which can make the serializers of lists of it.</summary>
/// <remarks>
/// This is how composites are made without generating code at run time: the exact type is known in here, so that an
/// ahead-of-time compiler sees all that is needed.
/// </remarks>
internal interface IStateSerializer
{
    Type Type { get; }

    IStateSerializer ToArray();

    IStateSerializer ToList();

    IStateSerializer ToReadOnlyList();

    /// <summary>That of the nullable value; null where the type is not known to be a value.</summary>
    IStateSerializer? ToNullable();
}
