namespace StreamKit.Serialization;

/// <summary>A serializer of whatever type.</summary>
internal interface IStateSerializer
{
    Type Type { get; }

    /// <summary>What makes the serializers of rows of the type; null where that is not known.</summary>
    IRows? Rows { get; }
}
