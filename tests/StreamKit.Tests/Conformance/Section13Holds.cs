using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>
/// SEMANTICS 13.4 and 13.5: look-backs have the time of their record; what is held holds the watermark.
/// </summary>
public class Section13Holds
{
    [Theory]
    [Vector("13.4", "a look-back ends with its record",
        "lookback(5) times | a1 a4 a6 END a[-3,2)=1 a[0,5)=1,4 a[2,7)=4,6")]
    [Vector("13.4", "in any order", "lookback(5) times | a6 a1 a4 END a[-3,2)=1 a[0,5)=1,4 a[2,7)=4,6")]
    [Vector("13.4", "it speaks when the watermark has passed its record", "lookback(5) | a4 W4 . W5 a[0,5)=1#0!")]
    [Vector("13.4", "its time is that of its record", "lookback(5) then(1) | a4 W5 a[4,5)=1")]
    [Vector("13.4", "a record exactly the length older is out", "lookback(5) | a1 a6 END a[-3,2)=1 a[2,7)=1")]
    [Vector("13.4", "records of one instant see each other", "lookback(5) times | a4 a4 W5 a[0,5)=4,4 a[0,5)=4,4")]
    [Vector("13.4", "keys do not see each other", "lookback(5) | a4 b4 W5 a[0,5)=1 b[0,5)=1")]
    [Vector("13.4", "a late record has no result, but is looked back on",
        "lookback(5) times | a4 W5 a[0,5)=4 a3 late:a3[-1,4)@5+others a6 W7 a[2,7)=3,4,6")]
    [Vector("13.4", "a late record that none can look back on", "lookback(5) | W10 a5 late:a5[1,6)@10")]
    [Vector("13.4", "a late record that the next instant looks back on", "lookback(5) | W10 a6 late:a6[2,7)@10+others")]
    [Vector("13.4", "a window by count has the time of its latest record", "count(2) then(10) | a12 a1 W20 a[10,20)=2")]
    public void ALookBackHasTheTimeOfItsRecord(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("13.5", "a full list has the time of its latest record",
        "tumbling(10) batch(2,1000) times | a3 a1 W10 a[0,10)=3 EMPTY")]
    [Vector("13.5", "what is held holds the watermark",
        "tumbling(10) batch(2,1000) times | a1 W10 . a12 . W20 a[10,20)=12")]
    [Vector("13.5", "until the list is full", "tumbling(10) batch(2,1000) times | a1 W10 . a3 a[0,10)=3")]
    [Vector("13.5", "or has waited long enough",
        "tumbling(10) batch(5,20) times | a1 a3 W10 . P19 . P1 a[0,10)=3")]
    [Vector("13.5", "the patience counts from the first record",
        "tumbling(10) batch(5,20) times | a1 P15 a3 W10 P4 . P1 a[0,10)=3")]
    [Vector("13.5", "the earliest of all keys holds",
        "tumbling(10) batch(2,1000) | b1 b2 a3 W10 . a4 b[0,10)=1 a[0,10)=1")]
    [Vector("13.5", "held at the record, not below it", "tumbling(10) batch(2,1000) | b1 b2 a10 W15 b[0,10)=1")]
    [Vector("13.5", "where nothing is held the watermark goes on", "tumbling(10) batch(2,1000) | a1 a2 W10 a[0,10)=1")]
    [Vector("13.5", "the end hands over", "tumbling(10) batch(5,1000) times | a1 a2 END a[0,10)=2")]
    [Vector("13.5", "silence hands over", "tumbling(10) batch(5,1000) times | a1 a2 W10 . IDLE a[0,10)=2")]
    [Vector("13.5", "a list that goes out late is not late", "tumbling(10) batch(5,100) | a9 W50 . P100 a[0,10)=1")]
    [Vector("13.5", "what waits for its order holds nothing that is on time",
        "tumbling(10) order | a12 a3 W10 a[0,10)=1 W13 . W20 a[10,20)=1")]
    [Vector("13.5", "a record that missed its place in the order is late",
        "tumbling(10) order times | a3 W5 a4 late:a4[]@5 W10 a[0,10)=3")]
    [Vector("13.5", "a record at the watermark has its place", "tumbling(10) order times | a3 W5 a5 W10 a[0,10)=3,5")]
    public void WhatIsHeldHoldsTheWatermark(string scenario) => ScenarioRun.Check(scenario);
}
