using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 2: Watermark(W) says that no later record has a time below W.</summary>
public class Section02Watermarks
{
    [Theory]
    [Vector("2.1", "a record at the watermark is not behind", "tumbling(1) | W10 a10 W11 a[10,11)=1")]
    [Vector("2.1", "a record one tick below is behind", "tumbling(1) | W10 a9 late:a9[9,10)@10")]
    [Vector("2.1", "a record above is not behind", "tumbling(1) | W10 a11 W12 a[11,12)=1")]
    [Vector("2.1", "a session of a record at the watermark", "session(5) | W10 a10 W15 a[10,15)=1")]
    [Vector("2.1", "a session that ends at the watermark is over", "session(1) | W10 a9 late:a9[9,10)@10")]
    [Vector("2.1", "a session that ends one tick above is not", "session(2) | W10 a9 W11 a[9,11)=1")]
    [Vector("2.1", "exclusive below zero too", "tumbling(1) | W-10 a-10 a-11 late:a-11[-11,-10)@-10 W-9 a[-10,-9)=1")]
    [Vector("2.3", "complete at the end, not one tick before", "tumbling(10) | a0 W9 . W10 a[0,10)=1")]
    [Vector("2.3", "complete when the end is passed", "tumbling(10) | a0 W9 . W11 a[0,10)=1")]
    [Vector("2.3", "a window of one tick is complete one tick later", "tumbling(1) | a7 W7 . W8 a[7,8)=1")]
    [Vector("2.3", "a session is complete at its end", "session(5) | a3 W7 . W8 a[3,8)=1")]
    [Vector("2.3", "each hopping window is complete at its own end",
        "hopping(10,5) | a7 W9 . W10 a[0,10)=1 W14 . W15 a[5,15)=1")]
    [Vector("2.3", "not expired one tick before end plus lateness",
        "tumbling(10) lateness(4) | a0 W13 a[0,10)=1 a1 a[0,10)=2@late")]
    [Vector("2.3", "expired at end plus lateness", "tumbling(10) lateness(4) | a0 W14 a[0,10)=1! a1 late:a1[0,10)@14")]
    [Vector("2.3", "the end of the stream is the greatest watermark", "tumbling(10) | a0 a25 END a[0,10)=1 a[20,30)=1")]
    [Vector("2.4", "a record exactly the bound behind is on time",
        "tumbling(1) bound(5) | a20 a15 END a[15,16)=1 a[20,21)=1")]
    [Vector("2.4", "a record one tick more behind is late",
        "tumbling(1) bound(5) | a20 a14 late:a14[14,15)@15 END a[20,21)=1")]
    [Vector("2.4", "a bound of zero: equal times are in order",
        "tumbling(1) bound(0) | a5 a5 a6 a[5,6)=2 END a[6,7)=1")]
    [Vector("2.4", "a bound of zero: one tick back is late",
        "tumbling(1) bound(0) | a5 a4 late:a4[4,5)@5 END a[5,6)=1")]
    [Vector("2.4", "the end of a window is reached by the end plus the bound",
        "tumbling(10) bound(2) | a5 a11 . a12 a[0,10)=1 END a[10,20)=2")]
    [Vector("2.5", "the last tick of a window is over when the watermark has passed it",
        "tumbling(1) | a0 W0 . W1 a[0,1)=1")]
    [Vector("2.5", "the same of a session, below zero", "session(1) | a-1 W-1 . W0 a[-1,0)=1")]
    [Vector("2.8", "complete at the end itself, whatever a page may say", "tumbling(60) | a59 W59 . W60 a[0,60)=1!")]
    [Vector("2.8", "removed at the end plus the lateness itself",
        "tumbling(60) lateness(6) | a59 W65 a[0,60)=1~ W66 EMPTY a59 late:a59[0,60)@66")]
    [Vector("2.7", "before the first watermark nothing is behind", "tumbling(1) | a9 a-1000000 END"
        + " a[-1000000,-999999)=1 a[9,10)=1")]
    [Vector("2.7", "before the first watermark nothing is complete", "tumbling(1) | aMIN+1 . END a[MIN+1,MIN+2)=1")]
    [Vector("2.7", "the first record is on time wherever it lies", "tumbling(1) bound(0) | a-500 END a[-500,-499)=1")]
    [Vector("2.7", "a stream without records says nothing", "tumbling(1) | END . EMPTY")]
    [Vector("2.7", "watermarks without records say nothing", "tumbling(10) | W5 W1000 . END .")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("2.3", "the bound of disorder is subtracted, and nothing else", "bound(5)", "100", "100 W95")]
    [Vector("2.6", "a record behind moves nothing", "monotone", "10 5 20", "10 W10 5 20 W20")]
    [Vector("2.6", "an equal time moves nothing", "monotone", "10 10", "10 W10 10")]
    [Vector("2.6", "a generator that falls back is ignored", "echo", "1*20 2*5 3*21", "1 W20 2 3 W21")]
    [Vector("2.6", "a marker that falls back is ignored", "punctuated", "1*20 2*5 3*20 4*21", "1 W20 2 3 4 W21")]
    [Vector("2.6", "a bound keeps the greatest time", "bound(3)", "10 2 9 11", "10 W7 2 9 11 W8")]
    public void TheStrategyMakesExactlyThis(string strategy, string input, string output) =>
        GeneratorScript.Check(strategy, input, output);
}
