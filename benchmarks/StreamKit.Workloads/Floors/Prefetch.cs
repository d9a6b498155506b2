using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace StreamKit.Workloads.Floors;

/// <summary>
/// Asks the processor to fetch memory that is needed soon; nothing happens where that is not offered.
/// </summary>
internal static unsafe class Prefetch
{
    // An object reference points at the method table; length and characters of a string follow it.
    private const int StringContentOffset = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Address(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <remarks>The reference is read as a number, because to use the string would wait for the very memory that is
    /// asked for. That the string may move meanwhile only makes the hint useless.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Content(ref readonly string text) =>
        Address((void*)(Unsafe.As<string, nint>(ref Unsafe.AsRef(in text)) + StringContentOffset));
}
