using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 14.2 as decision 0019 says it for windows; 4.10 and 13.4 of joins.</summary>
public class Section14Joins
{
    [Theory]
    [Vector("14.2", "a record without another, when its window expires", "left tumbling(10) | <a1 W9 . W10 a1+ EMPTY")]
    [Vector("14.2", "not at the end of the window while one may still come",
        "left tumbling(10) lateness(5) | <a1 W10 . W14 . W15 a1+ EMPTY")]
    [Vector("14.2", "and not at all where one came late",
        "left tumbling(10) lateness(5) | <a1 W10 . >a2 a1+a2 W15 . EMPTY")]
    [Vector("14.2", "once", "full tumbling(10) lateness(5) | <a1 >b2 W15 a1+ +b2 W30 . END .")]
    [Vector("14.2", "of the right only", "right tumbling(10) | <a1 >b2 W10 +b2 EMPTY")]
    [Vector("14.2", "of the left only", "left tumbling(10) | <a1 >b2 W10 a1+ EMPTY")]
    [Vector("14.2", "of neither", "inner tumbling(10) | <a1 >b2 W10 . EMPTY")]
    [Vector("14.2", "not where there is a pair", "full tumbling(10) | <a1 >a2 W10 a1+a2 EMPTY")]
    [Vector("14.2", "a pair whichever side came first", "full tumbling(10) | >a2 <a1 W10 a1+a2")]
    [Vector("14.2", "not before the end", "inner tumbling(10) | <a1 >a2 W9 . W10 a1+a2")]
    [Vector("14.2", "each pair once, left by left", "inner tumbling(10) | <a3 <a1 >a2 >a4 W10 a3+a2 a3+a4 a1+a2 a1+a4")]
    [Vector("14.2", "a late record makes its own pairs only",
        "inner tumbling(10) lateness(5) | <a1 >a2 W10 a1+a2 >a3 a1+a3 W15 . EMPTY")]
    [Vector("14.2", "an expired record makes none", "left tumbling(10) | <a1 W10 a1+ >a2 late>a2[0,10) W20 .")]
    [Vector("14.2", "windows that touch do not meet", "full tumbling(10) | <a9 >a10 W20 a9+ +a10")]
    [Vector("14.2", "in each window of its own",
        "full hopping(10,5) | <a1 >a7 W5 a1+ W10 a1+a7 W15 +a7 EMPTY")]
    [Vector("14.2", "below zero", "full tumbling(10) | <a-1 >a-10 >a-11 W0 +a-11 a-1+a-10")]
    [Vector("14.2", "rows of one window key by key where its end and its expiry come together",
        "full tumbling(10) lateness(50) | <a1 <b2 >b3 END a1+ b2+b3 EMPTY")]
    [Vector("14.2", "in the window over all of time", "left global | <a1 <b1 >a900 END a1+a900 b1+")]
    [Vector("14.2", "lists of both sides by event time, when the window expires",
        "cogroup tumbling(10) lateness(5) | <a3 >a2 <a1 W10 . W15 a:1,3+2 EMPTY")]
    [Vector("14.2", "a list may be empty", "cogroup tumbling(10) | <a1 >b2 W10 a:1+ b:+2")]
    [Vector("13.4", "a row of a join in windows has the last tick of its window",
        "inner tumbling(10) then(1) | <a1 >a2 W10 [9,10)a1+a2")]
    [Vector("13.4", "so has a record alone", "left tumbling(10) then(1) | <a1 W10 [9,10)a1+")]
    [Vector("4.10", "the slower side of a join decides", "left tumbling(10) | <a1 <W20 . >W9 . >W10 a1+")]
    [Vector("4.10", "a silent side of a join does not hold", "left tumbling(10) | <a1 <W20 . >IDLE a1+")]
    public void ARowComesOnceAndIsNeverTakenBack(string script) => JoinScript.Check(script);
}
