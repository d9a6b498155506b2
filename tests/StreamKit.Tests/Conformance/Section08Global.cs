using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 8.3: the window over all of event time.</summary>
public class Section08Global
{
    [Theory]
    [Vector("8.3", "it closes at the end of event time", "global | a1 a100 W1000 . END a[MIN,MAX)=2!")]
    [Vector("8.3", "not one tick sooner", "global | a1 WMAX-1 . END a[MIN,MAX)=1")]
    [Vector("8.3", "it holds every instant", "global | aMIN+1 a-5 a0 aMAX-1 END a[MIN,MAX)=4")]
    [Vector("8.3", "nothing is late for it", "global | W1000 a1 END a[MIN,MAX)=1")]
    [Vector("8.3", "nothing is late for it at the last watermark", "global | WMAX-1 a1 END a[MIN,MAX)=1")]
    [Vector("8.3", "without records it says nothing", "global | END . EMPTY")]
    [Vector("8.3", "keys in the order in which they came", "global | b1 a2 b3 END b[MIN,MAX)=2 a[MIN,MAX)=1")]
    [Vector("8.3", "event time orders its content", "global times | a5 a-3 a9 END a[MIN,MAX)=-3,5,9")]
    [Vector("8.3", "an allowed lateness changes nothing", "global lateness(5) | a1 END a[MIN,MAX)=1!")]
    [Vector("8.3", "a trigger makes it speak",
        "global early(10) | a1 P10 a[MIN,MAX)=1@early#0 a2 P10 a[MIN,MAX)=2@early#1 END a[MIN,MAX)=2#2!")]
    [Vector("8.3", "a trigger, discarding",
        "global early(10) discarding | a1 P10 a[MIN,MAX)=1@early a2 a3 P10 a[MIN,MAX)=2@early a4 END a[MIN,MAX)=1")]
    [Vector("8.3", "a trigger, discarding, and nothing new at the end",
        "global early(10) discarding | a1 P10 a[MIN,MAX)=1@early END .")]
    [Vector("8.3", "a trigger, retracting", "global early(10) retracting | a1 P10 a[MIN,MAX)=1@early a2 END"
        + " -a[MIN,MAX)=1 a[MIN,MAX)=2#1!")]
    [Vector("8.3", "a trigger, retracting, and nothing new at the end",
        "global early(10) retracting | a1 P10 a[MIN,MAX)=1@early END .")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);
}
