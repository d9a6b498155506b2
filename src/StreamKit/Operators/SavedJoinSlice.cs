using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Which slice of a join it is.</summary>
/// <param name="Bounds">Its bounds.</param>
/// <param name="FirstEnd">The end of the window over it that closes first.</param>
/// <param name="Windows">How many windows lie over it, expired or not.</param>
internal readonly record struct SavedJoinSlice(Window Bounds, long FirstEnd, int Windows);
