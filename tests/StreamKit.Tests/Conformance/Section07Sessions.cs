using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 7: sessions overlap or they do not; lateness is judged by what would be.</summary>
public class Section07Sessions
{
    [Theory]
    [Vector("7.1", "one record", "session(5) | a3 END a[3,8)=1")]
    [Vector("7.1", "two that overlap", "session(5) | a0 a3 END a[0,8)=2")]
    [Vector("7.1", "two that overlap by one tick", "session(5) | a0 a4 END a[0,9)=2")]
    [Vector("7.1", "a chain", "session(5) | a0 a4 a8 END a[0,13)=3")]
    [Vector("7.1", "a chain, its ends first", "session(5) | a8 a0 a4 END a[0,13)=3")]
    [Vector("7.1", "the same instant twice", "session(5) | a0 a0 END a[0,5)=2")]
    [Vector("7.1", "a record inside", "session(5) | a0 a4 a2 END a[0,9)=3")]
    [Vector("7.1", "a record that widens to the front", "session(5) | a5 a2 END a[2,10)=2")]
    [Vector("7.1", "keys do not meet", "session(5) | a0 b3 END a[0,5)=1 b[3,8)=1")]
    [Vector("7.1", "below zero", "session(5) | a-8 a-5 END a[-8,0)=2")]
    [Vector("7.1", "two sessions of one key", "session(5) | a0 a20 a22 END a[0,5)=1 a[20,27)=2")]
    [Vector("7.1", "one record bridges two sessions", "session(5) | a0 a8 a12 a4 END a[0,17)=4")]
    [Vector("7.1", "one record bridges two of three", "session(5) | a0 a8 a20 a4 END a[0,13)=3 a[20,25)=1")]
    [Vector("7.2", "a pause of exactly the gap ends a session", "session(5) | a0 a5 END a[0,5)=1 a[5,10)=1")]
    [Vector("7.2", "the later first", "session(5) | a5 a0 END a[0,5)=1 a[5,10)=1")]
    [Vector("7.2", "three that touch", "session(5) | a0 a10 a5 END a[0,5)=1 a[5,10)=1 a[10,15)=1")]
    [Vector("7.2", "a gap of one tick", "session(1) | a0 a1 a1 END a[0,1)=1 a[1,2)=2")]
    [Vector("7.2", "a record that overlaps one and touches another",
        "session(5) | a0 a5 a10 a7 END a[0,5)=1 a[5,15)=3")]
    [Vector("7.2", "a record that joins two that touched", "session(5) | a0 a5 a3 END a[0,10)=3")]
    [Vector("7.2", "complete at its end, and the next begins there", "session(5) | a0 W5 a[0,5)=1! a5 W10 a[5,10)=1")]
    [Vector("7.2", "disorder within the bound, in order", "session(10) bound(3) | a0 a10 a13 a[0,10)=1 END a[10,23)=2")]
    [Vector("7.2", "disorder within the bound, out of order",
        "session(10) bound(3) | a0 a13 a[0,10)=1 a10 END a[10,23)=2")]
    [Vector("7.2", "touching below zero", "session(5) | a-10 a-5 a0 END a[-10,-5)=1 a[-5,0)=1 a[0,5)=1")]
    [Vector("7.3", "the end is the last record plus the gap", "session(10) | a0 a3 a7 END a[0,17)=3")]
    [Vector("7.3", "the last record by time, not by arrival", "session(10) max | a0 a7 a3 END a[0,17)=7")]
    [Vector("7.3", "a record that comes last and lies first", "session(10) max | a7 a0 END a[0,17)=7")]
    public void SessionsOverlapOrTheyDoNot(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("7.4", "its own span expired, the union not", "session(5) | a10 W11 a6 END a[6,15)=2")]
    [Vector("7.4", "the union one tick before its end", "session(5) | a10 W14 a6 W15 a[6,15)=2")]
    [Vector("7.4", "touching a live session does not help", "session(5) | a10 W12 a5 late:a5[5,10)@12 END a[10,15)=1")]
    [Vector("7.4", "a live session of another key does not help",
        "session(5) | b10 W12 a6 late:a6[6,11)@12 END b[10,15)=1")]
    [Vector("7.4", "an expired session is no live one", "session(5) | a10 W15 a[10,15)=1! a9 late:a9[9,14)@15")]
    [Vector("7.4", "behind, and its own span not expired",
        "session(5) | a10 W15 a[10,15)=1! a14 END a[14,19)=1")]
    [Vector("7.4", "expired by one tick", "session(5) lateness(3) | W20 a12 late:a12[12,17)@20")]
    [Vector("7.4", "not expired by one tick", "session(5) lateness(3) | W19 a12 a[12,17)=1@late~ W20 EMPTY")]
    [Vector("7.4", "a complete session that a record makes longer waits for its new end",
        "session(5) lateness(3) | a10 W16 a[10,15)=1~ a12 . W17 a[10,17)=2")]
    [Vector("7.4", "a complete session that a record makes longer, complete again at once",
        "session(5) lateness(10) | a0 W9 a[0,5)=1 a4 a[0,9)=2@late#0")]
    [Vector("7.4", "a complete session that a record makes begin sooner",
        "session(5) lateness(10) | a10 W15 a[10,15)=1 a7 a[7,15)=2@late")]
    [Vector("7.4", "lateness holds the union together", "session(5) lateness(10) | a10 W24 a[10,15)=1 a6"
        + " a[6,15)=2@late W25 EMPTY")]
    [Vector("7.4", "and no longer", "session(5) lateness(10) | a10 W25 a[10,15)=1! a6 late:a6[6,11)@25")]
    [Vector("7.4", "behind and bridging before anything was said", "session(5) | a0 a8 W4 a4 END a[0,13)=3")]
    [Vector("7.4", "an expired record saved by a bridge that is not",
        "session(5) lateness(2) | a10 W13 a6 . W15 a[6,15)=2~ W17 EMPTY")]
    public void LatenessIsJudgedByTheSessionThatWouldBe(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("7.5", "a bridge between two that were said, retracting",
        "session(5) lateness(20) retracting times | a0 a8 W14 a[0,5)=0 a[8,13)=8"
        + " a4 -a[0,5)=0@late -a[8,13)=8@late a[0,13)=0,4,8@late#0 END .")]
    [Vector("7.5", "a bridge between two that were said, accumulating",
        "session(5) lateness(20) | a0 a8 W14 a[0,5)=1 a[8,13)=1 a4 a[0,13)=3@late")]
    [Vector("7.5", "a bridge between two that were said, discarding",
        "session(5) lateness(20) discarding | a0 a8 W14 a[0,5)=1 a[8,13)=1 a4 a[0,13)=1@late")]
    [Vector("7.5", "a bridge between one that was said and one that was not",
        "session(5) lateness(20) retracting | a0 W6 a[0,5)=1 a8 a4 -a[0,5)=1@late W13 a[0,13)=3")]
    [Vector("7.5", "a bridge that brings one that was not said, discarding",
        "session(5) lateness(20) discarding | a0 W6 a[0,5)=1 a8 a4 . W13 a[0,13)=2")]
    [Vector("7.5", "the timers of what was merged are gone", "session(5) | a0 a3 W5 . W7 . W8 a[0,8)=2")]
    [Vector("7.5", "the timers of both sides of a bridge are gone",
        "session(5) | a0 a8 a4 W5 . W8 . W12 . W13 a[0,13)=3")]
    [Vector("7.5", "a record inside keeps the window and its panes",
        "session(5) lateness(10) | a0 a3 W8 a[0,8)=2#0 a1 a[0,8)=3@late#1")]
    [Vector("7.5", "a record inside, retracting",
        "session(5) lateness(10) retracting | a0 a3 W8 a[0,8)=2#0 a1 -a[0,8)=2@late#0 a[0,8)=3@late#1")]
    [Vector("7.5", "a session that was said early and grows, retracting",
        "session(5) early(10) retracting | a0 P10 a[0,5)=1@early a3 -a[0,5)=1@early P10 a[0,8)=2@early#0 END .")]
    [Vector("7.5", "a session that was said early and grows, accumulating",
        "session(5) early(10) | a0 P10 a[0,5)=1@early a3 . P10 a[0,8)=2@early#0 END a[0,8)=2#1")]
    [Vector("7.5", "two that were said early and merge", "session(5) early(10) retracting | a0 a8 P10"
        + " a[0,5)=1@early a[8,13)=1@early a4 -a[0,5)=1@early -a[8,13)=1@early END a[0,13)=3#0")]
    [Vector("7.6", "a later record never shortens a session", "session(10) | a9 a0 END a[0,19)=2")]
    public void AMergeTakesEverythingTogether(string scenario) => ScenarioRun.Check(scenario);
}
