using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>
/// SEMANTICS 7.6 and 7.7: a gap of each record's own, a longest duration, records that end a session.
/// </summary>
public class Section07CappedSessions
{
    [Theory]
    [Vector("7.6", "one record", "gaps | a3:5 END a[3,8)=1")]
    [Vector("7.6", "a short gap inside a long one", "gaps | a0:10 a2:3 END a[0,10)=2")]
    [Vector("7.6", "the short one first", "gaps | a2:3 a0:10 END a[0,10)=2")]
    [Vector("7.6", "a long gap at the end", "gaps | a0:5 a3:20 END a[0,23)=2")]
    [Vector("7.6", "two gaps at one instant", "gaps | a0:3 a0:8 END a[0,8)=2")]
    [Vector("7.6", "touching is not overlapping", "gaps | a0:5 a5:2 END a[0,5)=1 a[5,7)=1")]
    [Vector("7.6", "the gap of the earlier decides whether they meet", "gaps | a0:2 a3:10 END a[0,2)=1 a[3,13)=1")]
    [Vector("7.6", "and not that of the later", "gaps | a0:10 a8:1 END a[0,10)=2")]
    [Vector("7.6", "a long gap brings two sessions together", "gaps | a5:2 a10:2 a0:11 END a[0,12)=3")]
    [Vector("7.6", "complete at the furthest end", "gaps | a0:10 a2:3 W5 . W9 . W10 a[0,10)=2!")]
    [Vector("7.6", "a late record saved by its session", "gaps | a10:10 W12 a6:5 W20 a[6,20)=2")]
    [Vector("7.6", "a late record that its own gap does not save", "gaps | W12 a6:5 late:a6:5[6,11)@12")]
    [Vector("7.6", "a late record that its own gap saves", "gaps | W12 a6:7 W13 a[6,13)=1")]
    public void EachRecordHasAGapOfItsOwn(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("7.7", "shorter than the longest", "session(5) max(12) | a0 a3 END a[0,8)=2")]
    [Vector("7.7", "cut at the longest duration", "session(5) max(12) | a0 a4 a8 a12 END a[0,12)=3 a[12,17)=1")]
    [Vector("7.7", "the last tick before the cut", "session(5) max(12) | a0 a4 a8 a11 END a[0,12)=4")]
    [Vector("7.7", "a gap that ends exactly at the cut", "session(5) max(12) | a0 a4 a7 END a[0,12)=3")]
    [Vector("7.7", "a longest duration below the gap", "session(5) max(3) | a0 a2 a3 END a[0,3)=2 a[3,6)=1")]
    [Vector("7.7", "in any order", "session(5) max(12) | a12 a8 a0 a4 END a[0,12)=3 a[12,17)=1")]
    [Vector("7.7", "cut twice", "session(5) max(8) | a0 a4 a8 a12 a16 END a[0,8)=2 a[8,16)=2 a[16,21)=1")]
    [Vector("7.7", "cut from the first record and not from zero",
        "session(5) max(8) | a4 a8 a12 END a[4,12)=2 a[12,17)=1")]
    [Vector("7.7", "an earlier first record moves the cuts", "session(5) max(8) | a4 a8 a12 a0 END a[0,8)=2 a[8,16)=2")]
    [Vector("7.7", "below zero", "session(5) max(8) | a-8 a-4 a0 END a[-8,0)=2 a[0,5)=1")]
    [Vector("7.7", "each key has cuts of its own",
        "session(5) max(8) | a0 a4 b4 a8 b8 END a[0,8)=2 b[4,12)=2 a[8,13)=1")]
    [Vector("7.7", "complete at the cut", "session(5) max(12) | a0 a4 a8 W11 . W12 a[0,12)=3!")]
    [Vector("7.7", "the end of a session is known until no record can fall before it",
        "session(5) max(12) | a0 a4 a8 W12 a[0,12)=3! W16 EMPTY")]
    [Vector("7.7", "the next session begins there", "session(5) max(12) | a0 a4 a8 W12 a[0,12)=3! a12 W17 a[12,17)=1")]
    [Vector("7.7", "what was said for other bounds is taken back",
        "session(5) max(8) retracting lateness(20) | a4 a8 a12 W17 a[4,12)=2 a[12,17)=1"
        + " a0 -a[4,12)=2@late -a[12,17)=1@late a[0,8)=2@late a[8,16)=2@late")]
    [Vector("7.7", "a record inside moves no cut", "session(5) max(8) retracting lateness(20)"
        + " | a4 a8 a12 W17 a[4,12)=2 a[12,17)=1 a6 -a[4,12)=2@late a[4,12)=3@late")]
    [Vector("7.7", "a result has the last tick before the cut", "session(5) max(12) then(1) | a0 a4 a8 END a[11,12)=3")]
    public void ASessionIsCutAtItsLongestDuration(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("7.7", "a record ends its session", "session(5) ends(0) | a0 a2:0 a3 END a[0,3)=2 a[3,8)=1")]
    [Vector("7.7", "a record that ends a session of its own", "session(5) ends(0) | a4:0 END a[4,5)=1")]
    [Vector("7.7", "a record of the same instant is in the session, behind it",
        "session(5) ends(0) | a0 a2:0 a2 END a[0,3)=3")]
    [Vector("7.7", "and before it", "session(5) ends(0) | a0 a2 a2:0 END a[0,3)=3")]
    [Vector("7.7", "an end that comes last cuts what was one", "session(5) ends(0) | a0 a4 a2:0 END a[0,3)=2 a[4,9)=1")]
    [Vector("7.7", "two ends", "session(5) ends(0) | a0:0 a1:0 a2 END a[0,1)=1 a[1,2)=1 a[2,7)=1")]
    [Vector("7.7", "another number ends nothing", "session(5) ends(0) | a0 a2:7 a3 END a[0,8)=3")]
    [Vector("7.7", "complete one tick after its end", "session(5) ends(0) | a0 a2:0 W2 . W3 a[0,3)=2!")]
    [Vector("7.7", "an end of another key ends nothing", "session(5) ends(0) | a0 b2:0 a3 END b[2,3)=1 a[0,8)=2")]
    [Vector("7.7", "an end before the longest duration",
        "session(5) max(8) ends(0) | a0 a4 a6:0 a7 END a[0,7)=3 a[7,12)=1")]
    [Vector("7.7", "the longest duration before an end",
        "session(5) max(8) ends(0) | a0 a4 a8 a9:0 END a[0,8)=2 a[8,10)=2")]
    public void ARecordEndsItsSession(string scenario) => ScenarioRun.Check(scenario);
}
