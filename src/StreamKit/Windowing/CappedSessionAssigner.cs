namespace StreamKit.Windowing;

/// <summary>Sessions with a longest duration.</summary>
internal class CappedSessionAssigner(SessionCut cut) : SessionWindows
{
    internal override SessionCut Cut => cut;

    internal override string? WhyNoTriggers =>
        "sessions with MaxDuration or EndsOn are cut anew as records arrive and fire at their end, for late records "
        + "and with Early(every) only: leave the trigger out, or leave MaxDuration and EndsOn out";
}
