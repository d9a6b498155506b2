using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 5: which windows an instant belongs to.</summary>
public class Section05Assignment
{
    [Theory]
    [Vector("5.1", "the start belongs to a window", "tumbling(7)", "0", "[0,7)")]
    [Vector("5.1", "the last tick belongs to it", "tumbling(7)", "6", "[0,7)")]
    [Vector("5.1", "the end does not", "tumbling(7)", "7", "[7,14)")]
    [Vector("5.1", "the end of a window below zero", "tumbling(7)", "-7", "[-7,0)")]
    [Vector("5.1", "a window of one tick", "tumbling(1)", "0", "[0,1)")]
    [Vector("5.1", "a window of one tick below zero", "tumbling(1)", "-1", "[-1,0)")]
    [Vector("5.1", "the last tick of a hopping window", "hopping(6,3)", "5", "[0,6) [3,9)")]
    [Vector("5.1", "the end of a hopping window", "hopping(6,3)", "6", "[3,9) [6,12)")]
    [Vector("5.1", "a session is half-open too", "session(7)", "6", "[6,13)")]
    [Vector("5.2", "the floor below zero", "tumbling(10)", "-15", "[-20,-10)")]
    [Vector("5.2", "a start below zero", "tumbling(10)", "-20", "[-20,-10)")]
    [Vector("5.2", "one tick below a start", "tumbling(10)", "-21", "[-30,-20)")]
    [Vector("5.2", "one tick below zero", "tumbling(1000000)", "-1", "[-1000000,0)")]
    [Vector("5.2", "a third below zero, its start", "tumbling(3)", "-3", "[-3,0)")]
    [Vector("5.2", "a third below zero, just under it", "tumbling(3)", "-4", "[-6,-3)")]
    [Vector("5.2", "a third below zero, in the middle", "tumbling(3)", "-5", "[-6,-3)")]
    [Vector("5.2", "far above", "tumbling(10)", "1000000000000007", "[1000000000000000,1000000000000010)")]
    [Vector("5.2", "far below", "tumbling(10)", "-1000000000000007", "[-1000000000000010,-1000000000000000)")]
    [Vector("5.2", "hopping, one tick below zero", "hopping(10,5)", "-1", "[-10,0) [-5,5)")]
    [Vector("5.2", "hopping, at a start below zero", "hopping(10,5)", "-5", "[-10,0) [-5,5)")]
    [Vector("5.2", "hopping, just under it", "hopping(10,5)", "-6", "[-15,-5) [-10,0)")]
    [Vector("5.3", "an offset moves the start", "tumbling(10,3)", "12", "[3,13)")]
    [Vector("5.3", "an offset, below it", "tumbling(10,3)", "-7", "[-7,3)")]
    [Vector("5.3", "an offset, and a negative time", "tumbling(7,5)", "-3", "[-9,-2)")]
    [Vector("5.3", "an offset, its own instant", "tumbling(7,5)", "5", "[5,12)")]
    [Vector("5.3", "an offset, just under it", "tumbling(7,5)", "4", "[-2,5)")]
    [Vector("5.3", "an offset above the size", "tumbling(10,13)", "2", "[-7,3)")]
    [Vector("5.3", "an offset above the size, at its start", "tumbling(10,13)", "3", "[3,13)")]
    [Vector("5.3", "an offset of the size is none", "tumbling(10,10)", "5", "[0,10)")]
    [Vector("5.3", "a negative offset of the size is none", "tumbling(10,-10)", "5", "[0,10)")]
    [Vector("5.3", "a negative offset", "tumbling(10,-3)", "6", "[-3,7)")]
    [Vector("5.3", "a negative offset, at its start", "tumbling(10,-3)", "7", "[7,17)")]
    [Vector("5.3", "a negative offset beyond the size", "tumbling(10,-27)", "2", "[-7,3)")]
    [Vector("5.3", "the greatest offset", "tumbling(10,9223372036854775807)", "6", "[-3,7)")]
    [Vector("5.3", "the least offset", "tumbling(10,-9223372036854775808)", "1", "[-8,2)")]
    [Vector("5.3", "the least offset, at its start", "tumbling(10,-9223372036854775808)", "2", "[2,12)")]
    [Vector("5.3", "an offset of hopping windows, below", "hopping(10,5,2)", "1", "[-8,2) [-3,7)")]
    [Vector("5.3", "an offset of hopping windows, at a start", "hopping(10,5,2)", "2", "[-3,7) [2,12)")]
    [Vector("5.3", "an offset of hopping windows counts by the slide", "hopping(10,4,6)", "9", "[2,12) [6,16)")]
    [Vector("5.3", "a negative offset of hopping windows", "hopping(10,5,-3)", "1", "[-8,2) [-3,7)")]
    public void ARecordIsInExactlyTheseWindows(string windows, string at, string expected) =>
        Assignment.Check(windows, at, expected);

    [Theory]
    [Vector("5.4", "the first record does not align the windows", "tumbling(10) | a7 a12 END a[0,10)=1 a[10,20)=1")]
    [Vector("5.4", "nor does the first record of each key",
        "tumbling(10) | a3 b18 a18 END a[0,10)=1 b[10,20)=1 a[10,20)=1")]
    [Vector("5.4", "nor does the order of arrival", "tumbling(10) | a12 a7 END a[0,10)=1 a[10,20)=1")]
    [Vector("5.5", "the same instant twice is in the same window", "tumbling(10) | a7 a7 END a[0,10)=2")]
    [Vector("5.5", "processing time does not matter", "tumbling(10) | a7 P1000 a7 END a[0,10)=2")]
    [Vector("5.5", "sessions merge the same in any order, forwards", "session(5) times | a0 a4 a8 END a[0,13)=0,4,8")]
    [Vector("5.5", "sessions merge the same in any order, backwards", "session(5) times | a8 a4 a0 END a[0,13)=0,4,8")]
    [Vector("5.5", "sessions merge the same in any order, the middle last",
        "session(5) times | a8 a0 a4 END a[0,13)=0,4,8")]
    [Vector("5.5", "sessions merge the same in any order, the middle first",
        "session(5) times | a4 a8 a0 END a[0,13)=0,4,8")]
    [Vector("5.6", "watermarks from end to end with nothing to fire",
        "tumbling(1) | W-9000000000000000000 W9000000000000000000 . END .")]
    [Vector("5.6", "a record at each end of event time", "tumbling(1) | a-9000000000000000000 a9000000000000000000 END"
        + " a[-9000000000000000000,-8999999999999999999)=1 a[9000000000000000000,9000000000000000001)=1")]
    [Vector("5.6", "hopping windows are not walked through",
        "hopping(10,5) | a0 W9000000000000000000 a[-5,5)=1 a[0,10)=1 EMPTY")]
    [Vector("5.6", "sessions are not walked through", "session(1) | a0 W9000000000000000000 a[0,1)=1 EMPTY")]
    [Vector("5.6", "gaps are not walked through",
        "hopping(1,1000000000000) | a0 W9000000000000000000 a[0,1)=1 EMPTY")]
    [Vector("5.6", "nor is a long lateness",
        "tumbling(1) lateness(1000000000000) | a0 W1 a[0,1)=1~ W1000000000001 EMPTY")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("5.5", "more windows for a record than the bound", "hopping(100001,1)")]
    [Vector("5.5", "more windows for a record than the bound, just so", "hopping(200001,2)")]
    [Vector("5.1", "an empty window", "tumbling(0)")]
    [Vector("5.1", "a window of negative size", "tumbling(-10)")]
    [Vector("5.1", "a slide of nothing", "hopping(10,0)")]
    [Vector("5.1", "a negative slide", "hopping(10,-5)")]
    [Vector("5.1", "an empty session", "session(0)")]
    public void TheseWindowsAreRefusedWhereTheyAreWritten(string windows) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Scenario.Parse($"{windows} | END"));

    [Theory]
    [Vector("5.5", "as many windows for a record as the bound", "hopping(100000,1)")]
    [Vector("5.5", "as many windows for a record as the bound, where the slide does not divide", "hopping(199999,2)")]
    public void TheseWindowsAreNot(string windows) => Assert.NotNull(Scenario.Parse($"{windows} |"
        + " END").Settings.Windows);
}
