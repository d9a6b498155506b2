using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 9: windows by the clock; records have the time at which they come.</summary>
public class Section09ProcessingTime
{
    [Theory]
    [Vector("9.1", "the time of the record is not looked at", "tumbling(10) clock | a77 P9 . P1 a[0,10)=1!")]
    [Vector("9.1", "the window of the moment", "tumbling(10) clock | P10 a5 P10 a[10,20)=1")]
    [Vector("9.1", "the last tick of a window", "tumbling(10) clock | P9 a1 P1 a[0,10)=1")]
    [Vector("9.1", "at the end of a window begins the next", "tumbling(10) clock | P10 a1 P9 . P1 a[10,20)=1")]
    [Vector("9.1", "records in any order of their own times", "tumbling(10) clock | a100 a3 a-50 P10 a[0,10)=3")]
    [Vector("9.1", "a watermark completes nothing", "tumbling(10) clock | a1 W1000 . P10 a[0,10)=1")]
    [Vector("9.1", "nothing is late", "tumbling(10) clock | W1000 a1 P10 a[0,10)=1")]
    [Vector("9.1", "a long time without records", "tumbling(10) clock | a1 P1000 a[0,10)=1! a2 P10 a[1000,1010)=1")]
    [Vector("9.1", "no record, no result", "tumbling(10) clock | P1000 .")]
    [Vector("9.1", "an offset", "tumbling(10,3) clock | a1 P3 a[-7,3)=1 a1 P10 a[3,13)=1")]
    [Vector("9.1", "hopping", "hopping(10,5) clock | a1 P5 a[-5,5)=1 P5 a[0,10)=1")]
    [Vector("9.1", "cumulative", "cumulative(4,2) clock | a1 P2 a[0,2)=1 P2 a[0,4)=1")]
    [Vector("9.1", "sessions", "session(5) clock | a1 P3 a2 P4 . P1 a[0,8)=2")]
    [Vector("9.1", "a pause of exactly the gap ends a session", "session(5) clock | a1 P5 a[0,5)=1 a2 P5 a[5,10)=1")]
    [Vector("9.1", "keys as they came", "tumbling(10) clock | b1 a2 P10 b[0,10)=1 a[0,10)=1")]
    [Vector("9.1", "early results", "tumbling(10) clock early(3)"
        + " | a1 P3 a[0,10)=1@early a2 P3 a[0,10)=2@early P4 a[0,10)=2")]
    [Vector("9.1", "silence stops no clock", "tumbling(10) clock | a1 IDLE P10 a[0,10)=1")]
    [Vector("9.2", "the end says what is open", "tumbling(10) clock | a1 a2 END a[0,10)=2")]
    [Vector("9.2", "all that is open", "hopping(10,5) clock | a1 END a[-5,5)=1 a[0,10)=1")]
    [Vector("9.2", "an open session", "session(5) clock | a1 P4 a2 END a[0,9)=2")]
    [Vector("9.2", "or drops it", "tumbling(10) clockdrop | a1 END .")]
    [Vector("9.2", "but not what was complete", "tumbling(10) clockdrop | a1 P10 a[0,10)=1 a2 END .")]
    [Vector("9.2", "what was said early stands",
        "tumbling(10) clockdrop early(3) | a1 P3 a[0,10)=1@early a2 END .")]
    [Vector("9.2", "nothing open, nothing to say", "tumbling(10) clock | a1 P10 a[0,10)=1 END .")]
    public void WindowsGoByTheClock(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("9.5", "event-time windows over results in processing time", "tumbling(10) clock then(10) | a1")]
    [Vector("9.5", "lateness in processing time", "tumbling(10) clock lateness(5) | a1")]
    public void WhatMixesTheTwoTimesIsRefused(string scenario) =>
        Assert.Throws<PipelineException>(() => ScenarioRun.Check(scenario));
}
