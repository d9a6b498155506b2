using System.Diagnostics.CodeAnalysis;

namespace StreamKit.Serialization;

/// <summary>Names the serializer with which a type's values are kept in snapshots.</summary>
/// <remarks>
/// What is registered with <see cref="StateTypes"/> comes first. On a generic type the serializer is named without type
/// arguments (<c>typeof(PairSerializer&lt;,&gt;)</c>) and has the same parameters in the same order; such a one is
/// found where code can be generated at run time, and has to be registered for each type elsewhere.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum,
    Inherited = false)]
public sealed class StateSerializerAttribute : Attribute
{
    /// <summary>Names the serializer.</summary>
    /// <param name="serializer">
    /// A <see cref="StateSerializer{T}"/> of the type, with a constructor without parameters.
    /// </param>
    public StateSerializerAttribute(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type serializer) =>
        Serializer = serializer;

    /// <summary>The serializer's type.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Serializer { get; }
}
