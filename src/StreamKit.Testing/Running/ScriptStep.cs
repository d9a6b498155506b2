namespace StreamKit.Testing.Running;

/// <summary>One thing that a test did to its pipeline; it can be done again to another run.</summary>
internal abstract record ScriptStep<TIn>
{
    private ScriptStep()
    {
    }

    /// <summary>A record; the ticks are those that the test gave, or <see cref="long.MinValue"/>.</summary>
    internal sealed record Push(TIn Value, long Ticks) : ScriptStep<TIn>;

    internal sealed record Watermark(long Ticks) : ScriptStep<TIn>;

    internal sealed record ProcessingTime(long AdvanceTicks) : ScriptStep<TIn>;

    internal sealed record Idle : ScriptStep<TIn>;

    internal sealed record Active : ScriptStep<TIn>;

    internal sealed record End : ScriptStep<TIn>;
}
