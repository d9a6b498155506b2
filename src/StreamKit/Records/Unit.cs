namespace StreamKit.Records;

/// <summary>The type with one value: a result that was put elsewhere, or the key of a stream that has none.</summary>
public readonly record struct Unit
{
    /// <summary>The empty parentheses that mathematics uses for it.</summary>
    public override string ToString() => "()";
}
