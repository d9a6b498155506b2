using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 6.5: windows that start together and end a step apart.</summary>
public class Section06Cumulative
{
    [Theory]
    [Vector("6.5", "in all windows that end after it", "cumulative(10,2)", "5", "[0,6) [0,8) [0,10)")]
    [Vector("6.5", "at the start", "cumulative(10,2)", "0", "[0,2) [0,4) [0,6) [0,8) [0,10)")]
    [Vector("6.5", "the last tick of a step", "cumulative(10,2)", "3", "[0,4) [0,6) [0,8) [0,10)")]
    [Vector("6.5", "the first tick of a step", "cumulative(10,2)", "4", "[0,6) [0,8) [0,10)")]
    [Vector("6.5", "the last tick", "cumulative(10,2)", "9", "[0,10)")]
    [Vector("6.5", "the next start", "cumulative(10,5)", "10", "[10,15) [10,20)")]
    [Vector("6.5", "the last tick before 1970", "cumulative(10,2)", "-1", "[-10,0)")]
    [Vector("6.5", "below zero", "cumulative(10,2)", "-4", "[-10,-2) [-10,0)")]
    [Vector("6.5", "a start below zero", "cumulative(10,5)", "-10", "[-10,-5) [-10,0)")]
    [Vector("6.5", "one step is a tumbling window", "cumulative(10,10)", "4", "[0,10)")]
    [Vector("6.5", "before the offset", "cumulative(10,5,3)", "2", "[-7,3)")]
    [Vector("6.5", "at the offset", "cumulative(10,5,3)", "3", "[3,8) [3,13)")]
    [Vector("6.5", "an offset above the size", "cumulative(10,5,13)", "8", "[3,13)")]
    [Vector("6.5", "an offset below zero", "cumulative(10,5,-7)", "7", "[3,8) [3,13)")]
    [Vector("6.5", "steps at the end of event time", "cumulative(10,5)", "MAX-3", "[MAX-7,MAX-2) [MAX-7,MAX)")]
    [Vector("6.5", "the last step of event time", "cumulative(10,5)", "MAX-1", "[MAX-7,MAX)")]
    public void ARecordIsInAllStepsThatEndAfterIt(string windows, string at, string expected) =>
        Assignment.Check(windows, at, expected);

    [Theory]
    [Vector("6.5", "each step says all there is so far",
        "cumulative(6,2) | a0 a1 a3 W2 a[0,2)=2! W4 a[0,4)=3! W6 a[0,6)=3! EMPTY")]
    [Vector("6.5", "a step without a record says what there was",
        "cumulative(6,2) | a1 W2 a[0,2)=1 W4 a[0,4)=1 W6 a[0,6)=1 W8 .")]
    [Vector("6.5", "a step before the first record says nothing", "cumulative(6,2) | a5 W2 . W4 . W6 a[0,6)=1")]
    [Vector("6.5", "one tick before a step ends", "cumulative(6,2) | a1 W1 . W2 a[0,2)=1 W3 .")]
    [Vector("6.5", "a leap says every step", "cumulative(6,2) | a1 W6 a[0,2)=1 a[0,4)=1 a[0,6)=1")]
    [Vector("6.5", "each start begins with nothing", "cumulative(4,2) | a1 a5 END a[0,2)=1 a[0,4)=1 a[4,6)=1 a[4,8)=1")]
    [Vector("6.5", "keys by themselves", "cumulative(4,2) | a1 b3 END a[0,2)=1 a[0,4)=1 b[0,4)=1")]
    [Vector("6.5", "a record behind is in the steps that are open",
        "cumulative(6,2) | a1 W2 a[0,2)=1 a0 late:a0[0,2)@2+others W4 a[0,4)=2 W6 a[0,6)=2")]
    [Vector("6.5", "each step accepts late records for itself",
        "cumulative(6,2) lateness(1) | a1 W2 a[0,2)=1~ a0 a[0,2)=2@late W3 . a0 late:a0[0,2)@3+others W4 a[0,4)=3")]
    [Vector("6.5", "the result has the last tick of its step",
        "cumulative(6,2) then(1) | a0 END a[1,2)=1 a[3,4)=1 a[5,6)=1")]
    public void EachStepSaysAllThereIsSoFar(string scenario) => ScenarioRun.Check(scenario);
}
