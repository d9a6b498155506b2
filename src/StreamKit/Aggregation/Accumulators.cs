using System.Runtime.CompilerServices;

namespace StreamKit.Aggregation;

/// <summary>
/// The accumulators of a table, which lie at equal distances; a part of each lies at the same distances.
/// </summary>
internal readonly ref struct Accumulators<TAcc>(ref TAcc first, nint stride)
{
    private readonly ref TAcc _first = ref first;

    /// <summary>The first of them.</summary>
    public ref TAcc First => ref _first;

    /// <summary>How many bytes lie between one and the next.</summary>
    public nint Stride { get; } = stride;

    public ref TAcc this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AddByteOffset(ref _first, index * Stride);
    }
}
