using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 11: what fires, and in which order.</summary>
public class Section11Firing
{
    [Theory]
    [Vector("11.1", "windows by their end", "tumbling(10) | a25 a5 a15 W30 a[0,10)=1 a[10,20)=1 a[20,30)=1")]
    [Vector("11.1", "windows of two keys by their end", "tumbling(10) | a15 b5 W20 b[0,10)=1 a[10,20)=1")]
    [Vector("11.1", "keys of one window as they came", "tumbling(10) | b1 a2 W10 b[0,10)=1 a[0,10)=1")]
    [Vector("11.1", "event time does not order the keys", "tumbling(10) | b9 a1 W10 b[0,10)=1 a[0,10)=1")]
    [Vector("11.1", "a key that comes again keeps its place", "tumbling(10) | b1 a2 b3 W10 b[0,10)=2 a[0,10)=1")]
    [Vector("11.1", "three keys", "tumbling(10) | c1 a2 b3 a4 c5 W10 c[0,10)=2 a[0,10)=2 b[0,10)=1")]
    [Vector("11.1", "each window has its own order of keys",
        "tumbling(10) | a11 b12 b1 a2 W20 b[0,10)=1 a[0,10)=1 a[10,20)=1 b[10,20)=1")]
    [Vector("11.1", "hopping windows by their end", "hopping(10,5) | a7 W15 a[0,10)=1 a[5,15)=1")]
    [Vector("11.1", "hopping windows of one slice each, keys as they came",
        "hopping(10,5) | b6 a7 W10 b[0,10)=1 a[0,10)=1 W15 b[5,15)=1 a[5,15)=1")]
    [Vector("11.1", "hopping windows with gaps, keys as they came",
        "hopping(5,10) | b1 a2 b12 a11 END b[0,5)=1 a[0,5)=1 b[10,15)=1 a[10,15)=1")]
    [Vector("11.1", "keys of several slices, the second slice first",
        "hopping(10,5) | a7 b3 W10 b[-5,5)=1 a[0,10)=1 b[0,10)=1")]
    [Vector("11.1", "keys of several slices, one in both",
        "hopping(10,5) | a7 b3 a2 W10 b[-5,5)=1 a[-5,5)=1 a[0,10)=2 b[0,10)=1")]
    [Vector("11.1", "keys of three slices, backwards",
        "hopping(9,3) | a7 b4 c1 W9 c[-6,3)=1 b[-3,6)=1 c[-3,6)=1 a[0,9)=1 b[0,9)=1 c[0,9)=1")]
    [Vector("11.1", "keys of slices where the slide does not divide",
        "hopping(5,2) | a3 b1 W5 b[-2,3)=1 a[0,5)=1 b[0,5)=1")]
    [Vector("11.1", "keys of several slices, early",
        "hopping(10,10) early(5) | a7 b3 P5 a[0,10)=1@early b[0,10)=1@early"
        + " END a[0,10)=1 b[0,10)=1")]
    [Vector("11.1", "keys of several slices, early and overlapping",
        "hopping(10,5) early(5) | a7 b3 P5 b[-5,5)=1@early a[0,10)=1@early b[0,10)=1@early a[5,15)=1@early"
        + " END b[-5,5)=1 a[0,10)=1 b[0,10)=1 a[5,15)=1")]
    [Vector("11.1", "keys of several slices that came in the order of the slices",
        "hopping(10,5) | b3 a7 W10 b[-5,5)=1 b[0,10)=1 a[0,10)=1")]
    [Vector("11.1", "sessions by their end", "session(5) | b9 a1 W20 a[1,6)=1 b[9,14)=1")]
    [Vector("11.1", "sessions with one end by their start", "session(5) | b4 a0 a4 W9 a[0,9)=2 b[4,9)=1")]
    [Vector("11.1", "sessions with one span as their keys came", "session(5) | b4 a4 W9 b[4,9)=1 a[4,9)=1")]
    [Vector("11.1", "sessions that grew to one span as their keys came",
        "session(5) | b0 a0 a3 b3 W8 b[0,8)=2 a[0,8)=2")]
    [Vector("11.1", "the global window, keys as they came",
        "global | c9 a5 b1 END c[MIN,MAX)=1 a[MIN,MAX)=1 b[MIN,MAX)=1")]
    [Vector("11.1", "late results at once, in the order of arrival",
        "tumbling(10) lateness(10) | a1 b2 W10 a[0,10)=1 b[0,10)=1 b3 a4 b[0,10)=2@late a[0,10)=2@late")]
    [Vector("11.1", "late results of one record by start",
        "hopping(10,5) lateness(20) | W15 a7 a[0,10)=1@late a[5,15)=1@late")]
    [Vector("11.1", "windows that complete together with others that expire",
        "tumbling(10) lateness(5) | a5 a15 W20 a[0,10)=1! a[10,20)=1~")]
    [Vector("11.1", "the state goes after it was said", "tumbling(10) | a5 b6 W10 a[0,10)=1 b[0,10)=1 EMPTY")]
    [Vector("11.2", "a round that is interrupted ends before its watermark goes on",
        "tumbling(10) then(10) | a1 b2 c3 d4 W10 a[0,10)=1 b[0,10)=1 c[0,10)=1 d[0,10)=1 EMPTY")]
    [Vector("11.1", "everything goes out before the watermark",
        "tumbling(10) then(1) | a5 W10 a[9,10)=1 EMPTY")]
    public void EverythingFiresInItsOrder(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("11.3", "an expired record is not added", "tumbling(10) lateness(5) | a1 W15 a[0,10)=1! a2"
        + " late:a2[0,10)@15 END .")]
    [Vector("11.3", "a late record is added, then fires", "tumbling(10) lateness(5) times | a1 W10 a[0,10)=1 a0"
        + " a[0,10)=0,1@late")]
    [Vector("11.3", "a record alone fires nothing", "tumbling(10) | a1 a2 a3 . END a[0,10)=3")]
    [Vector("11.4", "without early results", "tumbling(10) | a1 a2 P9 . W10 a[0,10)=2")]
    [Vector("11.4", "the same with one early result", "tumbling(10) early(9) | a1 a2 P9 a[0,10)=2@early W10 a[0,10)=2")]
    [Vector("11.4", "the same with two",
        "tumbling(10) early(4) | a1 P4 a[0,10)=1@early a2 P4 a[0,10)=2@early W10 a[0,10)=2")]
    [Vector("11.4", "the same where none came in time", "tumbling(10) early(50) | a1 a2 P9 . W10 a[0,10)=2")]
    [Vector("11.4", "hopping windows with early results", "hopping(10,5) early(5) | a7 P5"
        + " a[0,10)=1@early a[5,15)=1@early W15 a[0,10)=1 a[5,15)=1")]
    public void ARecordIsAddedBeforeItFires(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("11.5", "no new content, no early result",
        "tumbling(100) early(10) | a1 P10 a[0,100)=1@early P10 . P500 .")]
    [Vector("11.5", "new content, a new one",
        "tumbling(100) early(10) | a1 P10 a[0,100)=1@early P10 . a2 P10 a[0,100)=2@early")]
    [Vector("11.5", "only of the key that has new content",
        "tumbling(100) early(10) | a1 b2 P10 a[0,100)=1@early b[0,100)=1@early b3 P10 b[0,100)=2@early")]
    [Vector("11.5", "only of the window that has new content",
        "tumbling(10) early(10) | a1 a11 P10 a[0,10)=1@early a[10,20)=1@early a12 P10 a[10,20)=2@early")]
    [Vector("11.5", "the period counts from the first change",
        "tumbling(100) early(10) | P5 a1 P9 . P1 a[0,100)=1@early")]
    [Vector("11.5", "and not from the last", "tumbling(100) early(10) | a1 P5 a2 P4 . P1 a[0,100)=2@early")]
    [Vector("11.5", "early results by end, then as keys came", "tumbling(10) early(10) | b12 b1 a2 P10"
        + " b[0,10)=1@early a[0,10)=1@early b[10,20)=1@early")]
    [Vector("11.5", "a complete window says nothing early",
        "tumbling(10) early(10) lateness(20) | W10 a1 a[0,10)=1@late P10 . P10 .")]
    [Vector("11.5", "before the first record nothing is due", "tumbling(10) early(10) | P1000 .")]
    [Vector("11.5", "an early result of a session", "session(5) early(10) | a1 P10 a[1,6)=1@early P10 . W6 a[1,6)=1#1")]
    [Vector("11.5", "a long pause of processing time is one result",
        "tumbling(100) early(10) | a1 P35 a[0,100)=1@early")]
    [Vector("11.5", "discarding, no new content",
        "tumbling(100) early(10) discarding | a1 P10 a[0,100)=1@early P10 . a2 P10 a[0,100)=1@early")]
    [Vector("11.5", "retracting, no new content",
        "tumbling(100) early(10) retracting | a1 P10 a[0,100)=1@early P10 . a2 P10 -a[0,100)=1@early a[0,100)=2@early")]
    [Vector("11.7", "an expired window does not come back",
        "tumbling(10) | a1 W10 a[0,10)=1! a2 late:a2[0,10)@10 W20 . END .")]
    [Vector("11.7", "nor does early firing bring it back",
        "tumbling(10) early(5) | a1 W10 a[0,10)=1! a2 late:a2[0,10)@10 P100 . END .")]
    [Vector("11.7", "nor an expired session", "session(5) | a1 W6 a[1,6)=1! a0 late:a0[0,5)@6 END .")]
    public void OnlyNewContentIsSaidAgain(string scenario) => ScenarioRun.Check(scenario);
}
