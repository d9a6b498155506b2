using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>
/// SEMANTICS 10.7 and 11.3 to 11.7: triggers say when windows speak besides at their end, and nothing else.
/// </summary>
public class Section11Triggers
{
    [Theory]
    [Vector("11.6", "every second record, then on time",
        "tumbling(10) earlyevery(2) | a1 . a2 a[0,10)=2@early#0 a3 . W10 a[0,10)=3#1!")]
    [Vector("11.6", "the count begins anew after each result",
        "tumbling(10) earlyevery(2) | a1 a2 a[0,10)=2@early a3 . a4 a[0,10)=4@early")]
    [Vector("11.6", "each key has a count of its own", "tumbling(10) earlyevery(2) | a1 b2 . b3 b[0,10)=2@early")]
    [Vector("11.6", "each window has a count of its own",
        "tumbling(10) earlyevery(2) | a1 a11 . a2 a[0,10)=2@early a12 a[10,20)=2@early")]
    [Vector("11.6", "only the window that has its count", "hopping(10,5) earlyevery(2) | a6 . a1 a[0,10)=2@early")]
    [Vector("11.6", "the count of early records ends with the phase",
        "tumbling(10) lateness(10) earlyevery(2) lateevery(2) | a1 W10 a[0,10)=1 a2 . a3 a[0,10)=3@late")]
    [Vector("11.6", "every second late record", "tumbling(10) lateness(10) lateevery(2)"
        + " | a1 W10 a[0,10)=1#0 a2 . a3 a[0,10)=3@late#1 a4 . a5 a[0,10)=5@late#2")]
    [Vector("11.6", "at multiples of event time",
        "tumbling(20) earlyevent(5) | W0 a1 W4 . W5 a[0,20)=1@early a6 W9 . W10 a[0,20)=2@early W20 a[0,20)=2!")]
    [Vector("11.6", "multiples that one watermark passes are one result",
        "tumbling(20) earlyevent(5) | a1 W17 a[0,20)=1@early W20 a[0,20)=1")]
    [Vector("11.6", "multiples are counted from the watermark and not from the record",
        "tumbling(20) earlyevent(5) | W7 a1 W9 . W10 a[0,20)=1@early")]
    [Vector("11.6", "completion takes the place of what is due with it",
        "tumbling(20) earlyevent(5) | a1 W20 a[0,20)=1#0!")]
    [Vector("11.6", "multiples of event time for late records",
        "tumbling(10) lateness(20) lateevent(5) | a1 W10 a[0,10)=1 a2 W14 . W15 a[0,10)=2@late W30 .")]
    [Vector("11.6", "so long after a late record", "tumbling(10) lateness(20) lateclock(5)"
        + " | a1 W10 a[0,10)=1 a2 P4 a3 . P1 a[0,10)=3@late P50 .")]
    [Vector("11.6", "expiry takes the place of what is still to come",
        "tumbling(10) lateness(20) lateclock(50) | a1 W10 a[0,10)=1 a2 W30 a[0,10)=2@late! P50 .")]
    [Vector("11.6", "late records once, at expiry",
        "tumbling(10) lateness(10) latenever | a1 W10 a[0,10)=1~ a2 a3 . W19 . W20 a[0,10)=3@late#1! EMPTY")]
    [Vector("11.6", "and not without a late record",
        "tumbling(10) lateness(10) latenever | a1 W10 a[0,10)=1 W20 . EMPTY")]
    [Vector("11.6", "each change", "tumbling(10) lateness(5) update"
        + " | a1 a[0,10)=1@early#0 a2 a[0,10)=2@early#1 W10 a[0,10)=2#2 a3 a[0,10)=3@late#3 W15 .")]
    [Vector("11.6", "each change, but not too often",
        "tumbling(100) update(5) | a1 a[0,100)=1@early a2 a3 . P4 . P1 a[0,100)=3@early P50 . a4 a[0,100)=4@early")]
    [Vector("11.6", "the window over all of time",
        "global earlyevery(2) | a1 a2 a[MIN,MAX)=2@early a3 END a[MIN,MAX)=3")]
    [Vector("11.6", "counts of sessions that merge add up",
        "session(5) earlyevery(3) | a0 a8 . a4 a[0,13)=3@early END a[0,13)=3")]
    [Vector("11.6", "a session that does not merge keeps its count",
        "session(5) earlyevery(3) | a0 a8 a20 . a4 a[0,13)=3@early a21 . a22 a[20,27)=3@early")]
    [Vector("11.6", "of the timers of sessions that merge the first counts", "session(20) lateness(100) lateclock(10)"
        + " | a0 a30 W50 a[0,20)=1 a[30,50)=1 a1 P5 a29 P5 a[0,21)=2@late P5 a[29,50)=2@late")]
    public void EarlyThenOnTimeThenLate(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("11.3", "an expired record counts for no trigger",
        "tumbling(10) earlyevery(2) | a1 W10 a[0,10)=1! a2 late:a2[0,10)@10 a3 late:a3[0,10)@10 END .")]
    [Vector("11.3", "a record is added before its trigger is asked",
        "tumbling(10) earlyevery(1) times | a3 a[0,10)=3@early a1 a[0,10)=1,3@early")]
    [Vector("11.4", "the same with every record said", "tumbling(10) earlyevery(1)"
        + " | a1 a[0,10)=1@early a2 a[0,10)=2@early W10 a[0,10)=2")]
    [Vector("11.4", "the same with a trigger that never came to it",
        "tumbling(10) earlyevery(9) | a1 a2 W10 a[0,10)=2")]
    [Vector("11.4", "the same with event time", "tumbling(10) earlyevent(4) | a1 a2 W4 a[0,10)=2@early W10 a[0,10)=2")]
    [Vector("11.5", "a multiple of event time without new content",
        "tumbling(20) earlyevent(5) | a1 W5 a[0,20)=1@early W10 . W15 . W20 a[0,20)=1")]
    [Vector("11.5", "a throttle without new content", "tumbling(100) update(5) | a1 a[0,100)=1@early P5 . P5 .")]
    [Vector("11.7", "a late trigger brings no window back",
        "tumbling(10) lateness(5) lateevery(1) | a1 W15 a[0,10)=1! a2 late:a2[0,10)@15 P100 . END .")]
    [Vector("11.7", "nor does a timer of one", "tumbling(10) lateness(5) lateclock(10)"
        + " | a1 W10 a[0,10)=1 a2 W15 a[0,10)=2@late! a3 late:a3[0,10)@15 P10 . END .")]
    [Vector("10.7", "early, on time, and what came after at expiry", "tumbling(10) lateness(10) early(5) latenever"
        + " | a1 P5 a[0,10)=1@early a2 W10 a[0,10)=2~ a3 W20 a[0,10)=3@late!")]
    [Vector("10.7", "late records that fill no count are said at expiry", "tumbling(10) lateness(10) earlyevery(2)"
        + " lateevery(2) | a1 a2 a[0,10)=2@early W10 a[0,10)=2 a3 . a4 a[0,10)=4@late a5 W20 a[0,10)=5@late!")]
    [Vector("10.7", "the same, retracting", "tumbling(10) lateness(10) lateevery(2) retracting"
        + " | a1 W10 a[0,10)=1 a2 W20 -a[0,10)=1@late a[0,10)=2@late!")]
    [Vector("10.7", "the same, discarding", "tumbling(10) lateness(10) lateevery(2) discarding"
        + " | a1 W10 a[0,10)=1 a2 W20 a[0,10)=1@late!")]
    [Vector("10.7", "a leap over both ends of a window that waits",
        "tumbling(10) lateness(10) earlyevery(5) latenever | a1 a2 W20 a[0,10)=2#0!")]
    [Vector("12.2", "retracting, a trigger before the end",
        "tumbling(10) earlyevery(2) retracting | a1 a2 a[0,10)=2@early#0 a3 W10 -a[0,10)=2#0 a[0,10)=3#1")]
    [Vector("12.2", "discarding, a trigger before the end",
        "tumbling(10) earlyevery(2) discarding | a1 a2 a[0,10)=2@early a3 W10 a[0,10)=1")]
    [Vector("12.2", "retracting, each change of a session", "session(5) update retracting"
        + " | a0 a[0,5)=1@early a3 -a[0,5)=1@early a[0,8)=2@early END .")]
    public void ATriggerOnlySaysWhen(string scenario) => ScenarioRun.Check(scenario);
}
