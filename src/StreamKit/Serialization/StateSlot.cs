namespace StreamKit.Serialization;

/// <summary>Counts the types that are looked up.</summary>
internal static class StateSlot
{
    private static int _count;

    public static int Take() => Interlocked.Increment(ref _count) - 1;

    /// <summary>The place of a type in tables that are kept by type.</summary>
    public static class Of<T>
    {
        public static readonly int Id = Take();
    }
}
