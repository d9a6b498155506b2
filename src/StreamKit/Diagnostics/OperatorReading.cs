namespace StreamKit.Diagnostics;

/// <summary>The counters of one subtask of an operator, and how much waits for it.</summary>
internal readonly record struct OperatorReading(OperatorCounters Counters, int QueueDepth);
