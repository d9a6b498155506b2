using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 12.3: windows without records, filled for keys that were seen a short time ago.</summary>
public class Section12Gaps
{
    [Theory]
    [Vector("12.3", "nothing is filled unless asked for", "tumbling(10) | a1 a25 W30 a[0,10)=1 a[20,30)=1")]
    [Vector("12.3", "filled for so long",
        "tumbling(10) fill(20) | a1 W10 a[0,10)=1 W20 a[10,20)=0* W30 a[20,30)=0* W40 . W50 .")]
    [Vector("12.3", "not before the window ends", "tumbling(10) fill(20) | a1 W10 a[0,10)=1 W19 . W20 a[10,20)=0*#0!")]
    [Vector("12.3", "filled after what the same watermark brings",
        "tumbling(10) fill(20) | a1 a25 W30 a[0,10)=1 a[20,30)=1 a[10,20)=0*")]
    [Vector("12.3", "a result makes the time begin anew",
        "tumbling(10) fill(10) | a1 a11 W20 a[0,10)=1 a[10,20)=1 W30 a[20,30)=0* W40 .")]
    [Vector("12.3", "a window with a result is not filled",
        "tumbling(10) fill(10) | a1 W10 a[0,10)=1 a15 W20 a[10,20)=1")]
    [Vector("12.3", "a key that was not seen yet is not filled",
        "tumbling(10) fill(20) | a1 W10 a[0,10)=1 b11 W20 b[10,20)=1 a[10,20)=0*")]
    [Vector("12.3", "with the last result",
        "tumbling(10) filllast(20) | a1 a2 W10 a[0,10)=2 W30 a[10,20)=2* a[20,30)=2*")]
    [Vector("12.3", "a leap fills no more", "tumbling(10) fill(20) | a1 W1000000 a[0,10)=1 a[10,20)=0* a[20,30)=0*")]
    [Vector("12.3", "the end closes every window", "tumbling(10) fill(20) | a1 END a[0,10)=1 a[10,20)=0* a[20,30)=0*")]
    [Vector("12.3", "below zero", "tumbling(10) fill(10) | a-11 W0 a[-20,-10)=1 a[-10,0)=0* W10 .")]
    [Vector("12.3", "hopping windows are filled at each distance",
        "hopping(10,5) fill(5) | a7 W10 a[0,10)=1 W15 a[5,15)=1 W20 a[10,20)=0* W25 .")]
    [Vector("12.3", "a late result takes the place of what was filled",
        "tumbling(10) lateness(20) fill(10) | a1 W20 a[0,10)=1#0 a[10,20)=0*#0 a12 a[10,20)=1@late#1")]
    [Vector("12.3", "and takes it back where results are taken back", "tumbling(10) lateness(20) fill(10) retracting"
        + " | a1 W20 a[0,10)=1 a[10,20)=0* a12 -a[10,20)=0*@late a[10,20)=1@late")]
    [Vector("12.3", "a late result changes what it fills", "tumbling(10) lateness(20) filllast(10)"
        + " | a1 W20 a[0,10)=1 a[10,20)=1* a2 a[0,10)=2@late a[10,20)=2*@late")]
    public void AGapIsFilledForKeysThatWereSeen(string scenario) => ScenarioRun.Check(scenario);
}
