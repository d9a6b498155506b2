namespace StreamKit.Tests.Conformance.Notation;

/// <summary>One word of a scenario behind the bar: something that is done, or something that must be so.</summary>
internal abstract record ScenarioStep
{
    /// <summary>Pushes a record: a5.</summary>
    public sealed record Push(Mark Record) : ScenarioStep;

    /// <summary>Sends a watermark: W10.</summary>
    public sealed record Watermark(long At) : ScenarioStep;

    /// <summary>Lets processing time pass: P5.</summary>
    public sealed record Pass(long Ticks) : ScenarioStep;

    /// <summary>The input falls silent: IDLE.</summary>
    public sealed record Idle : ScenarioStep;

    /// <summary>The input speaks again: ACTIVE.</summary>
    public sealed record Active : ScenarioStep;

    /// <summary>The stream ends: END.</summary>
    public sealed record End : ScenarioStep;

    /// <summary>A result that must come next: a[0,10)=1.</summary>
    public sealed record Result(ExpectedResult Expected) : ScenarioStep;

    /// <summary>A late record that must come next: late:a4[0,10).</summary>
    public sealed record Late(ExpectedLate Expected) : ScenarioStep;

    /// <summary>Nothing more may have come: a full stop.</summary>
    public sealed record Nothing : ScenarioStep;

    /// <summary>No operator may hold anything: EMPTY.</summary>
    public sealed record Empty : ScenarioStep;

    /// <summary>So many records belonged to no window so far: UNASSIGNED=1.</summary>
    public sealed record Unassigned(long Count) : ScenarioStep;
}
