namespace StreamKit.Architecture.Tests.Rooms;

/// <summary>
/// What code that the runtime drives must not touch, so that every run of it can be repeated: threads, tasks, locks,
/// clocks, unseeded randomness, input and output.
/// </summary>
internal static class Purity
{
    private static readonly string[] Namespaces =
    [
        "System.Threading", "System.IO", "System.Net", "System.Timers", "Microsoft.Win32.SafeHandles",
    ];

    private static readonly HashSet<string> Types =
    [
        "System.Console", "System.IAsyncDisposable", "System.ThreadStaticAttribute", "System.TimeProvider",
        "System.Collections.Concurrent.BlockingCollection`1", "System.Collections.Generic.IAsyncEnumerable`1",
        "System.Collections.Generic.IAsyncEnumerator`1", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
    ];

    // Neither ever waits, and the compiler itself uses Interlocked for events. For the same reason the concurrent
    // collections are not listed above, but for the one that blocks: a pool of batches is shared between subtasks.
    // InvalidDataException is how a damaged snapshot is reported; only its name is in System.IO.
    private static readonly HashSet<string> Allowed =
        ["System.Threading.Interlocked", "System.Threading.Volatile", "System.IO.InvalidDataException"];

    private static readonly HashSet<string> Members =
    [
        "System.DateTime.get_Now()", "System.DateTime.get_UtcNow()", "System.DateTime.get_Today()",
        "System.DateTimeOffset.get_Now()", "System.DateTimeOffset.get_UtcNow()",
        "System.Environment.get_TickCount()", "System.Environment.get_TickCount64()",
        "System.Guid.NewGuid()", "System.Guid.CreateVersion7()",
        "System.Random.get_Shared()", "System.Random..ctor()",
    ];

    public static bool Forbids(TypeUse use) =>
        !Allowed.Contains(use.Used)
        && (Types.Contains(use.Used)
            || Namespaces.Any(name => IsIn(use.UsedNamespace, name))
            || IsAsyncMachinery(use)
            || (use.Member is not null && Members.Contains($"{use.Used}.{use.Member}")));

    private static bool IsIn(string @namespace, string name) =>
        @namespace == name || @namespace.StartsWith(name + ".", StringComparison.Ordinal);

    private static bool IsAsyncMachinery(TypeUse use) =>
        use.UsedNamespace == "System.Runtime.CompilerServices"
        && (use.Used.Contains("Async", StringComparison.Ordinal)
            || use.Used.Contains("Await", StringComparison.Ordinal));
}
