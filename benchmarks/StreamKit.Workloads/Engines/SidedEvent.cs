using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines;

/// <summary>An event of W7 and which of the two inputs it came from.</summary>
internal readonly record struct SidedEvent(Event Event, bool IsLeft);
