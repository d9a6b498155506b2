using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 18: where others deviate; each would fail its vector here.</summary>
public class Section18Deviations
{
    [Theory]
    [Vector("18.1", "touching sessions, in order", "session(10) bound(2) | a0 a10 a12 END a[0,10)=1 a[10,22)=2")]
    [Vector("18.1", "touching sessions, out of order", "session(10) bound(2) | a0 a12 a10 END a[0,10)=1 a[10,22)=2")]
    [Vector("18.1", "touching sessions, backwards", "session(10) | a12 a10 a0 END a[0,10)=1 a[10,22)=2")]
    [Vector("18.2", "a time below minus the size", "tumbling(10) | a-15 END a[-20,-10)=1")]
    [Vector("18.2", "a hopping window below minus the size", "hopping(10,5) | a-15 END a[-20,-10)=1 a[-15,-5)=1")]
    [Vector("18.2", "a time below an offset", "tumbling(10,3) | a-8 END a[-17,-7)=1")]
    [Vector("18.3", "an early record is in as many windows as a later one",
        "hopping(10,5) | a2 END a[-5,5)=1 a[0,10)=1")]
    [Vector("18.3", "a record at zero too", "hopping(10,2) | a0 END"
        + " a[-8,2)=1 a[-6,4)=1 a[-4,6)=1 a[-2,8)=1 a[0,10)=1")]
    [Vector("18.3", "a negative record is not dropped", "tumbling(10) | a-1 END a[-10,0)=1")]
    [Vector("18.5", "a filter does not hold event time", "tumbling(10) bound(0) dropx | a1 x50 a[0,10)=1")]
    [Vector("18.5", "event time is the stream's, not the lane's",
        "tumbling(10) bound(0) | a1 b50 a[0,10)=1 END b[50,60)=1")]
    [Vector("18.6", "a rare key closes with the others", "tumbling(10) | a5 b6 b15 W20 a[0,10)=1 b[0,10)=1 b[10,20)=1")]
    [Vector("18.6", "it does not wait until it comes again", "tumbling(10) bound(0) | a5 b25 a[0,10)=1 b35 b[20,30)=1"
        + " END b[30,40)=1")]
    [Vector("18.7", "partially late records are added where they can be",
        "hopping(10,2) | W12 a9 late:a9[0,10)[2,12)@12+others END a[4,14)=1 a[6,16)=1 a[8,18)=1")]
    [Vector("18.7", "a jump from one record to a far one", "hopping(10,1) | a0 W1000000000000 a[-9,1)=1 a[-8,2)=1"
        + " a[-7,3)=1 a[-6,4)=1 a[-5,5)=1 a[-4,6)=1 a[-3,7)=1 a[-2,8)=1 a[-1,9)=1 a[0,10)=1 EMPTY")]
    [Vector("18.8", "a closed window is not made again",
        "tumbling(10) | a1 W10 a[0,10)=1 a2 late:a2[0,10)@10 W11 . W20 .")]
    [Vector("18.8", "nor by a record of another key", "tumbling(10) | a1 W10 a[0,10)=1 b2 late:b2[0,10)@10 END .")]
    [Vector("18.9", "a window is said once", "tumbling(10) | a1 W10 a[0,10)=1 W10 . W11 . W19 . W20 . END .")]
    [Vector("18.9", "processing time says nothing", "tumbling(10) | a1 P1000000 . W10 a[0,10)=1")]
    [Vector("18.9", "idleness and its end say nothing twice", "tumbling(10) | a1 W10 a[0,10)=1 IDLE . ACTIVE . END .")]
    [Vector("18.10", "many keys in one session each", "session(5) | a0 b0 c0 d0 a3 c3 W5 b[0,5)=1 d[0,5)=1 W8"
        + " a[0,8)=2 c[0,8)=2 EMPTY")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("18.4", "the merged watermark does not fall when an idle input returns",
        "2 | 0=100>MIN 1=50>50 1:idle>100 1=60>100,rejoin1 1=70>100,rejoin1 0=101>101,rejoin1")]
    [Vector("18.4", "nor when an input is found at run time", "1 | 0=100>100 +>100,rejoin1 1=1>100,rejoin1")]
    [Vector("18.4", "nor when an input ends", "2 | 0=100>MIN 1=50>50 0:end>50 1=60>60")]
    public void AllThatMergesInputsAgrees(string script) => MergeScript.Check(script);

    [Theory]
    [Vector("18.4", "a source sends its greatest time, not that of the batch",
        "monotone", "10,20 5,6 21", "10 20 W20 5 6 21 W21")]
    [Vector("18.8", "time comes from the record, never from the clock", "monotone", "now=1000000 5", "5 W5")]
    [Vector("18.10", "watermarks are not withheld", "monotone", "1 2 3", "1 W1 2 W2 3 W3")]
    public void TheStrategyMakesExactlyThis(string strategy, string input, string output) =>
        GeneratorScript.Check(strategy, input, output);
}
