using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 8.1 and 8.2: windows count the records of a key as they arrive.</summary>
public class Section08Counts
{
    [Theory]
    [Vector("8.1", "the order of arrival decides", "count(2) times | a9 a1 a5 a3 a[1,10)=1,9 a[3,6)=3,5")]
    [Vector("8.1", "another order, other windows", "count(2) times | a1 a3 a5 a9 a[1,4)=1,3 a[5,10)=5,9")]
    [Vector("8.1", "each key counts for itself", "count(2) | a1 b2 a3 a[1,4)=2 b4 b[2,5)=2")]
    [Vector("8.1", "a record behind the watermark counts as any other", "count(2) | a5 W100 a3 a[3,6)=2")]
    [Vector("8.1", "a watermark completes nothing", "count(3) | a1 a2 W1000 . a3 a[1,4)=3")]
    [Vector("8.1", "processing time completes nothing", "count(3) | a1 a2 P1000 . a3 a[1,4)=3")]
    [Vector("8.1", "in the order of event time where the stream is put into it",
        "count(2) order times | a9 a1 a5 a3 . W10 a[1,4)=1,3 a[5,10)=5,9")]
    [Vector("8.1", "the same instant again and again", "count(3) | a5 a5 a5 a[5,6)=3")]
    [Vector("8.2", "so many records", "count(3) times | a1 a2 . a3 a[1,4)=1,2,3#0!")]
    [Vector("8.2", "each window begins with nothing", "count(2) | a1 a2 a[1,3)=2#0! a3 . a4 a[3,5)=2#0!")]
    [Vector("8.2", "one record each", "count(1) | a5 a[5,6)=1 a5 a[5,6)=1")]
    [Vector("8.2", "what has not filled a window is dropped at the end", "count(3) | a1 a2 a3 a[1,4)=3 a4 a5 END .")]
    [Vector("8.2", "or said where that is asked for",
        "count(3) partial times | a1 a2 a3 a[1,4)=1,2,3 a7 a5 END a[5,MAX)=5,7")]
    [Vector("8.2", "but not without a record", "count(3) partial | a1 a2 a3 a[1,4)=3 END .")]
    [Vector("8.2", "the last four, every two records",
        "count(4,2) times | a1 a2 . a3 . a4 a[1,5)=1,2,3,4 a5 . a6 a[3,7)=3,4,5,6")]
    [Vector("8.2", "with fewer at the start where that is asked for",
        "count(4,2) partial times | a1 . a2 a[1,3)=1,2 a3 . a4 a[1,5)=1,2,3,4")]
    [Vector("8.2", "and at the end", "count(4,2) partial times | a1 a2 a[1,3)=1,2 a3 END a[1,MAX)=1,2,3")]
    [Vector("8.2", "at the end, what would have come next",
        "count(4,2) partial times | a1 a2 a[1,3)=1,2 a3 a4 a[1,5)=1,2,3,4 a5 END a[3,MAX)=3,4,5")]
    [Vector("8.2", "every record", "count(2,1) times | a1 . a2 a[1,3)=1,2 a3 a[2,4)=2,3")]
    [Vector("8.2", "more records between than in a window",
        "count(2,3) times | a1 a2 a3 a[2,4)=2,3 a4 a5 a6 a[5,7)=5,6 UNASSIGNED=2")]
    [Vector("8.2", "a distance that does not divide the size",
        "count(3,2) times | a1 a2 . a3 . a4 a[2,5)=2,3,4 a5 . a6 a[4,7)=4,5,6")]
    public void RecordsAreCountedAsTheyArrive(string scenario) => ScenarioRun.Check(scenario);
}
