namespace StreamKit.Workloads.Floors;

/// <summary>How a floor cuts its input.</summary>
internal static class Chunk
{
    /// <summary>The events one call of a floor's loop takes.</summary>
    /// <remarks>Many calls of a short loop, instead of one call of a long one, let the runtime replace the method by
    /// its optimised form; on-stack replacement of a running loop makes poorer code.</remarks>
    public const int Events = 4096;
}
