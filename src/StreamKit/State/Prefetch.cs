using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace StreamKit.State;

/// <summary>Asks the processor to fetch what will be read soon, so that many waits for memory overlap.</summary>
internal static class Prefetch
{
    /// <summary>Fetches the place; it need not be there, and nothing happens on processors without the hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read<T>(ref T place)
    {
        // The address may be stale by the time it is used: a hint never faults.
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }

    /// <summary>Fetches the object that is referred to, where the type is one of references.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Target<T>(ref T reference)
    {
        if (Sse.IsSupported && !typeof(T).IsValueType)
        {
            Sse.Prefetch0((void*)Unsafe.As<T, nint>(ref reference));
        }
    }
}
