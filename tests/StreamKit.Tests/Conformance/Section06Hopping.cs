using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 6: hopping windows of any ratio.</summary>
public class Section06Hopping
{
    [Theory]
    [Vector("6.1", "10 every 4, at a start", "hopping(10,4)", "0", "[-8,2) [-4,6) [0,10)")]
    [Vector("6.1", "10 every 4, in the one more", "hopping(10,4)", "1", "[-8,2) [-4,6) [0,10)")]
    [Vector("6.1", "10 every 4, after it", "hopping(10,4)", "2", "[-4,6) [0,10)")]
    [Vector("6.1", "10 every 4, before a start", "hopping(10,4)", "3", "[-4,6) [0,10)")]
    [Vector("6.1", "10 every 4, at the next start", "hopping(10,4)", "4", "[-4,6) [0,10) [4,14)")]
    [Vector("6.1", "10 every 4, at an end", "hopping(10,4)", "6", "[0,10) [4,14)")]
    [Vector("6.1", "10 every 4, third start", "hopping(10,4)", "8", "[0,10) [4,14) [8,18)")]
    [Vector("6.1", "10 every 4, below zero", "hopping(10,4)", "-3", "[-12,-2) [-8,2) [-4,6)")]
    [Vector("6.1", "7 every 3, at a start", "hopping(7,3)", "0", "[-6,1) [-3,4) [0,7)")]
    [Vector("6.1", "7 every 3, after the one more", "hopping(7,3)", "1", "[-3,4) [0,7)")]
    [Vector("6.1", "7 every 3, before a start", "hopping(7,3)", "2", "[-3,4) [0,7)")]
    [Vector("6.1", "7 every 3, below zero", "hopping(7,3)", "-1", "[-6,1) [-3,4)")]
    [Vector("6.1", "5 every 2, at a start", "hopping(5,2)", "0", "[-4,1) [-2,3) [0,5)")]
    [Vector("6.1", "5 every 2, between", "hopping(5,2)", "1", "[-2,3) [0,5)")]
    [Vector("6.1", "3 every 2, at a start", "hopping(3,2)", "0", "[-2,1) [0,3)")]
    [Vector("6.1", "3 every 2, between", "hopping(3,2)", "1", "[0,3)")]
    [Vector("6.1", "9 every 3, at a start", "hopping(9,3)", "0", "[-6,3) [-3,6) [0,9)")]
    [Vector("6.1", "9 every 3, at a last tick", "hopping(9,3)", "8", "[0,9) [3,12) [6,15)")]
    [Vector("6.1", "10 every 10 is tumbling", "hopping(10,10)", "10", "[10,20)")]
    [Vector("6.1", "10 every 9 overlap by one tick", "hopping(10,9)", "9", "[0,10) [9,19)")]
    [Vector("6.1", "10 every 9, after it", "hopping(10,9)", "10", "[9,19)")]
    [Vector("6.1", "4 every 1", "hopping(4,1)", "0", "[-3,1) [-2,2) [-1,3) [0,4)")]
    [Vector("6.1", "10 every 4 from 1", "hopping(10,4,1)", "9", "[1,11) [5,15) [9,19)")]
    [Vector("6.1", "10 every 4 from 1, before", "hopping(10,4,1)", "8", "[1,11) [5,15)")]
    [Vector("6.1", "10 every 4 from 1, at zero", "hopping(10,4,1)", "0", "[-7,3) [-3,7)")]
    [Vector("6.1", "4 every 10, at a start", "hopping(4,10)", "10", "[10,14)")]
    [Vector("6.1", "4 every 10, at a last tick", "hopping(4,10)", "13", "[10,14)")]
    [Vector("6.1", "4 every 10, at a start below zero", "hopping(4,10)", "-10", "[-10,-6)")]
    [Vector("6.1", "4 every 10, at a last tick below zero", "hopping(4,10)", "-7", "[-10,-6)")]
    [Vector("6.1", "4 every 10 from 3", "hopping(4,10,3)", "6", "[3,7)")]
    [Vector("6.2", "4 every 10, at an end", "hopping(4,10)", "14", "")]
    [Vector("6.2", "4 every 10, before a start", "hopping(4,10)", "9", "")]
    [Vector("6.2", "4 every 10, at an end below zero", "hopping(4,10)", "-6", "")]
    [Vector("6.2", "4 every 10, one tick below zero", "hopping(4,10)", "-1", "")]
    [Vector("6.2", "4 every 10 from 3, before", "hopping(4,10,3)", "2", "")]
    [Vector("6.2", "4 every 10 from 3, at the end", "hopping(4,10,3)", "7", "")]
    [Vector("6.2", "5 every 6 leaves one tick", "hopping(5,6)", "5", "")]
    [Vector("6.2", "1 every 2 leaves every other tick", "hopping(1,2)", "-1", "")]
    public void ARecordIsInExactlyTheseWindows(string windows, string at, string expected) =>
        Assignment.Check(windows, at, expected);

    [Theory]
    [Vector("6.2", "a record in a gap is counted apart", "hopping(4,10) | a5 . UNASSIGNED=1 END .")]
    [Vector("6.2", "behind the watermark it is still not late", "hopping(4,10) | W100 a5 . UNASSIGNED=1")]
    [Vector("6.2", "one in a window is late beside it",
        "hopping(4,10) | W100 a5 a3 late:a3[0,4)@100 UNASSIGNED=1")]
    [Vector("6.2", "the others are counted as ever",
        "hopping(4,10) | a3 a5 a13 a19 END a[0,4)=1 a[10,14)=1 UNASSIGNED=2")]
    [Vector("6.2", "an allowed lateness changes nothing about gaps",
        "hopping(4,10) lateness(100) | W6 a5 . UNASSIGNED=1")]
    [Vector("6.3", "contents where the slide does not divide", "hopping(10,4) times | a0 a3 a5 a9 END"
        + " a[-8,2)=0 a[-4,6)=0,3,5 a[0,10)=0,3,5,9 a[4,14)=5,9 a[8,18)=9")]
    [Vector("6.3", "the same in another order", "hopping(10,4) times | a9 a5 a3 a0 END"
        + " a[-8,2)=0 a[-4,6)=0,3,5 a[0,10)=0,3,5,9 a[4,14)=5,9 a[8,18)=9")]
    [Vector("6.3", "contents of 7 every 3", "hopping(7,3) times | a0 a2 a4 END"
        + " a[-6,1)=0 a[-3,4)=0,2 a[0,7)=0,2,4 a[3,10)=4")]
    [Vector("6.3", "contents of 6 every 3", "hopping(6,3) times | a5 a4 a1 END a[-3,3)=1 a[0,6)=1,4,5 a[3,9)=4,5")]
    [Vector("6.3", "contents with an offset", "hopping(6,3,1) times | a0 a1 a4 END"
        + " a[-5,1)=0 a[-2,4)=0,1 a[1,7)=1,4 a[4,10)=4")]
    [Vector("6.3", "a slice that one key does not have", "hopping(6,3) times | a1 b4 END"
        + " a[-3,3)=1 a[0,6)=1 b[0,6)=4 b[3,9)=4")]
    [Vector("6.3", "contents below zero", "hopping(4,2) times | a-3 a-1 END a[-6,-2)=-3 a[-4,0)=-3,-1 a[-2,2)=-1")]
    [Vector("6.3", "a slice is shared with a window that opens later", "hopping(10,5) times | a7 W10 a[0,10)=7 a12"
        + " END a[5,15)=7,12 a[10,20)=12")]
    [Vector("6.4", "missed by one of two", "hopping(10,5) | W10 a7 late:a7[0,10)@10+others W15 a[5,15)=1")]
    [Vector("6.4", "missed by one of three", "hopping(10,4) | W10 a9 late:a9[0,10)@10+others END a[4,14)=1 a[8,18)=1")]
    [Vector("6.4", "missed by two of three", "hopping(10,4) | W14 a9 late:a9[0,10)[4,14)@14+others END a[8,18)=1")]
    [Vector("6.4", "missed by all", "hopping(10,4) | W18 a9 late:a9[0,10)[4,14)[8,18)@18 END .")]
    [Vector("6.4", "it counts beside what was on time",
        "hopping(10,5) | a6 W10 a[0,10)=1 a7 late:a7[0,10)@10+others W15 a[5,15)=2")]
    [Vector("6.4", "late for one, on time for another",
        "hopping(10,5) lateness(3) | W12 a7 a[0,10)=1@late W15 a[5,15)=1")]
    [Vector("6.4", "expired for one, on time for another",
        "hopping(10,5) lateness(3) | W13 a7 late:a7[0,10)@13+others W15 a[5,15)=1")]
    [Vector("6.4", "expired for one, late for another",
        "hopping(10,5) lateness(3) | W17 a7 a[5,15)=1@late late:a7[0,10)@17+others")]
    [Vector("6.4", "below zero", "hopping(10,5) | W0 a-3 late:a-3[-10,0)@0+others W5 a[-5,5)=1")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);
}
