using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 13: the event time of a result; windows of one tick over the results show it.</summary>
public class Section13ResultTimes
{
    [Theory]
    [Vector("13.1", "the last tick of the window", "tumbling(10) then(1) | a1 W10 a[9,10)=1")]
    [Vector("13.1", "not the time of the last record", "tumbling(10) then(1) | a1 a4 W10 a[9,10)=2")]
    [Vector("13.1", "below zero", "tumbling(10) then(1) | a-5 W0 a[-1,0)=1")]
    [Vector("13.1", "of each hopping window", "hopping(10,5) then(1) | a7 W15 a[9,10)=1 a[14,15)=1")]
    [Vector("13.1", "of a hopping window with gaps", "hopping(4,10) then(1) | a1 W4 a[3,4)=1")]
    [Vector("13.1", "of a window with an offset", "tumbling(10,3) then(1) | a5 W13 a[12,13)=1")]
    [Vector("13.1", "of the global window", "global then(1) | a1 END a[MAX-1,MAX)=1")]
    [Vector("13.1", "of the last window", "tumbling(10) then(1) | aMAX-5 END a[MAX-1,MAX)=1")]
    [Vector("13.1", "of an early result", "tumbling(10) early(5) then(1) | a1 P5 . a2 W10 a[9,10)=1+2")]
    [Vector("13.1", "of a late result", "tumbling(10) lateness(5) then(1,5) | a1 W10 a[9,10)=1 a2 a[9,10)=1+2@late")]
    [Vector("13.1", "equal windows chain", "tumbling(10) then(10) | a1 a11 W10 a[0,10)=1 W20 a[10,20)=1")]
    [Vector("13.1", "larger windows hold the smaller", "tumbling(10) then(20) | a1 a2 a11 W20 a[0,20)=2+1")]
    [Vector("13.1", "a smaller window holds the end of the larger", "tumbling(10) then(5) | a1 W10 a[5,10)=1")]
    [Vector("13.1", "the results of one watermark are on time for it",
        "tumbling(10) then(10) | a1 b2 W10 a[0,10)=1 b[0,10)=1 EMPTY")]
    [Vector("13.1", "also over a jump", "tumbling(10) then(10) | a1 a51 W1000 a[0,10)=1 a[50,60)=1 EMPTY")]
    [Vector("13.1", "the end of event time passes through both", "tumbling(10) then(100) | a1 a11 END a[0,100)=1+1")]
    [Vector("13.2", "a late result is behind",
        "tumbling(10) lateness(5) then(1) | a1 W10 a[9,10)=1 a2 late:a9[9,10)@10")]
    [Vector("13.2", "an equal window without lateness misses it",
        "tumbling(10) lateness(5) then(10) | a1 W10 a[0,10)=1 a2 late:a9[0,10)@10")]
    [Vector("13.2", "with the same lateness it does not",
        "tumbling(10) lateness(5) then(10,5) | a1 W14 a[0,10)=1 a2 a[0,10)=1+2@late W15 EMPTY")]
    [Vector("13.2", "with one tick less it can",
        "tumbling(10) lateness(5) then(10,4) | a1 W14 a[0,10)=1 a2 late:a9[0,10)@14")]
    [Vector("13.2", "a larger window that is still open takes it",
        "tumbling(10) lateness(5) discarding then(100) | a1 W10 . a2 . W100 a[0,100)=1+1")]
    [Vector("13.2", "a window that opens late is behind too",
        "tumbling(10) lateness(5) then(10) | W10 a2 late:a9[0,10)@10")]
    [Vector("13.4", "a session's last tick", "session(5) then(1) | a0 a3 W8 a[7,8)=2")]
    [Vector("13.4", "a session of one record", "session(5) then(1) | a3 W8 a[7,8)=1")]
    [Vector("13.4", "sessions in a larger window", "session(5) then(20) | a0 a10 a14 W20 a[0,20)=1+2")]
    [Vector("13.4", "a session that grew late", "session(5) lateness(9) then(1,9) | a0 W9 a[4,5)=1 a4 a[8,9)=2@late")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);
}
