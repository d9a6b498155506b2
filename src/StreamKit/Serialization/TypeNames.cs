namespace StreamKit.Serialization;

/// <summary>Names types without the assembly that they are in, which may change.</summary>
internal static class TypeNames
{
    /// <summary>The name as in source, with its namespace: "Shop.Page&lt;Shop.Cart&gt;".</summary>
    public static string Of(Type type)
    {
        if (type.IsArray)
        {
            string commas = new(',', type.GetArrayRank() - 1);
            return $"{Of(type.GetElementType()!)}[{commas}]"; // An array has elements.
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string name = type.Name.Split('`')[0];
        string around = type.DeclaringType is { } declaring ? Enclosing(declaring, arguments[..outer]) + "."
            : type.Namespace is { } space ? space + "."
            : "";
        return around + name + Listed(arguments[outer..]);
    }

    private static string Enclosing(Type type, Type[] arguments)
    {
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string around = type.DeclaringType is { } declaring ? Enclosing(declaring, arguments[..outer]) + "."
            : type.Namespace is { } space ? space + "."
            : "";
        return around + type.Name.Split('`')[0] + Listed(arguments[outer..]);
    }

    private static string Listed(Type[] arguments) =>
        arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";
}
