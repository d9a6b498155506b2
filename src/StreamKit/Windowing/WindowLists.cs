namespace StreamKit.Windowing;

/// <summary>Questions to the windows over one slice.</summary>
internal static class WindowLists
{
    /// <summary>The end of the window that closes first; the end of event time where there is none.</summary>
    /// <remarks>Windows are ordered by start. With equal sizes the first also ends first, but no assigner promises
    /// that.</remarks>
    public static long FirstEnd(this List<Window> windows)
    {
        long first = long.MaxValue;
        foreach (Window window in windows)
        {
            first = Math.Min(first, window.EndTime.Ticks);
        }

        return first;
    }
}
