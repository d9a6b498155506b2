using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 12: the results of one key and window, and how they relate.</summary>
public class Section12Panes
{
    [Theory]
    [Vector("12.1", "early, on time, late", "tumbling(10) early(5) lateness(5) | a1 P5 a[0,10)=1@early#0~ a2 P5"
        + " a[0,10)=2@early#1~ W10 a[0,10)=2#2~ a3 a[0,10)=3@late#3~ W15 EMPTY")]
    [Vector("12.1", "on time alone is first and final", "tumbling(10) | a1 W10 a[0,10)=1#0!")]
    [Vector("12.1", "with a lateness it is not final", "tumbling(10) lateness(1) | a1 W10 a[0,10)=1#0~")]
    [Vector("12.1", "late panes are not final", "tumbling(10) lateness(5) | a1 W10 a[0,10)=1 W14 a2 a[0,10)=2@late#1~")]
    [Vector("12.1", "each key counts for itself", "tumbling(10) lateness(5) | a1 b1 W10 a[0,10)=1#0 b[0,10)=1#0 b2"
        + " b[0,10)=2@late#1 a2 a[0,10)=2@late#1")]
    [Vector("12.1", "each window counts for itself", "hopping(10,5) lateness(20) | a7 W10 a[0,10)=1#0 a8"
        + " a[0,10)=2@late#1 W15 a[5,15)=2#0")]
    [Vector("12.1", "at most one on time", "tumbling(10) lateness(5) | a1 W10 a[0,10)=1 W10 . W11 . W14 . END .")]
    [Vector("12.1", "late only", "tumbling(10) lateness(5) | W10 a1 a[0,10)=1@late#0 a2 a[0,10)=2@late#1 END .")]
    [Vector("12.1", "early only until the end", "tumbling(10) early(1) | a1 P1 a[0,10)=1@early#0 a2 P1"
        + " a[0,10)=2@early#1 a3 P1 a[0,10)=3@early#2 END a[0,10)=3#3!")]
    [Vector("12.1", "an early pane is never final",
        "global early(1) | a1 P1 a[MIN,MAX)=1@early#0~ END a[MIN,MAX)=1#1!")]
    public void PanesComeInTheirSequence(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("12.2", "accumulating: all so far", "tumbling(10) lateness(5) times | a1 a2 W10 a[0,10)=1,2 a3"
        + " a[0,10)=1,2,3@late a0 a[0,10)=0,1,2,3@late")]
    [Vector("12.2", "discarding: what is new", "tumbling(10) lateness(5) discarding times | a1 a2 W10 a[0,10)=1,2 a3"
        + " a[0,10)=3@late a0 a[0,10)=0@late")]
    [Vector("12.2", "retracting: the last one back, then all so far",
        "tumbling(10) lateness(5) retracting times | a1 a2 W10 a[0,10)=1,2#0 a3 -a[0,10)=1,2@late#0"
        + " a[0,10)=1,2,3@late#1"
        + " a0 -a[0,10)=1,2,3@late#1 a[0,10)=0,1,2,3@late#2")]
    [Vector("12.2", "accumulating with early panes", "tumbling(10) early(5) times | a1 P5 a[0,10)=1@early a2 P5"
        + " a[0,10)=1,2@early a3 W10 a[0,10)=1,2,3")]
    [Vector("12.2", "discarding with early panes", "tumbling(10) early(5) discarding times | a1 P5 a[0,10)=1@early a2"
        + " P5 a[0,10)=2@early a3 W10 a[0,10)=3")]
    [Vector("12.2", "retracting with early panes", "tumbling(10) early(5) retracting times | a1 P5 a[0,10)=1@early#0 a2"
        + " P5 -a[0,10)=1@early#0 a[0,10)=1,2@early#1 a3 W10 -a[0,10)=1,2#1 a[0,10)=1,2,3#2!")]
    [Vector("12.2", "early, on time and late, accumulating", "tumbling(10) early(5) lateness(5) | a1 P5 a[0,10)=1@early"
        + " a2 W10 a[0,10)=2 a3 a[0,10)=3@late")]
    [Vector("12.2", "early, on time and late, discarding", "tumbling(10) early(5) lateness(5) discarding | a1 P5"
        + " a[0,10)=1@early a2 a3 W10 a[0,10)=2 a4 a[0,10)=1@late")]
    [Vector("12.2", "early, on time and late, retracting", "tumbling(10) early(5) lateness(5) retracting | a1 P5"
        + " a[0,10)=1@early a2 W10 -a[0,10)=1 a[0,10)=2 a3 -a[0,10)=2@late a[0,10)=3@late")]
    [Vector("12.2", "hopping windows, accumulating", "hopping(10,5) lateness(10) times | a6 W10 a[0,10)=6 a7"
        + " a[0,10)=6,7@late W15 a[5,15)=6,7 a8 a[0,10)=6,7,8@late a[5,15)=6,7,8@late")]
    [Vector("12.2", "hopping windows, discarding", "hopping(10,5) lateness(10) discarding times | a6 W10 a[0,10)=6 a7"
        + " a[0,10)=7@late W15 a[5,15)=6,7 a8 a[0,10)=8@late a[5,15)=8@late")]
    [Vector("12.2", "hopping windows, retracting", "hopping(10,5) lateness(10) retracting | a6 W10 a[0,10)=1 a7"
        + " -a[0,10)=1@late a[0,10)=2@late W15 a[5,15)=2 a8 -a[0,10)=2@late a[0,10)=3@late -a[5,15)=2@late"
        + " a[5,15)=3@late")]
    [Vector("12.2", "hopping windows early, discarding", "hopping(10,5) early(5) discarding times | a6 P5"
        + " a[0,10)=6@early a[5,15)=6@early a7 W10 a[0,10)=7 W15 a[5,15)=7")]
    [Vector("12.2", "hopping windows early, retracting", "hopping(10,5) early(5) retracting | a6 P5"
        + " a[0,10)=1@early a[5,15)=1@early a7 W10 -a[0,10)=1 a[0,10)=2 W15 -a[5,15)=1 a[5,15)=2")]
    [Vector("12.2", "a session, accumulating", "session(5) lateness(10) times | a0 a4 W9 a[0,9)=0,4 a2"
        + " a[0,9)=0,2,4@late")]
    [Vector("12.2", "a session, discarding", "session(5) lateness(10) discarding times | a0 a4 W9 a[0,9)=0,4 a2"
        + " a[0,9)=2@late")]
    [Vector("12.2", "a session, retracting", "session(5) lateness(10) retracting times | a0 a4 W9 a[0,9)=0,4 a2"
        + " -a[0,9)=0,4@late a[0,9)=0,2,4@late")]
    [Vector("12.2", "two keys, retracting", "tumbling(10) lateness(5) retracting | a1 b1 W10 a[0,10)=1 b[0,10)=1 a2 b2"
        + " -a[0,10)=1@late a[0,10)=2@late -b[0,10)=1@late b[0,10)=2@late")]
    [Vector("12.2", "without lateness the mode does not matter, discarding",
        "tumbling(10) discarding | a1 a2 W10 a[0,10)=2!")]
    [Vector("12.2", "without lateness the mode does not matter, retracting",
        "tumbling(10) retracting | a1 a2 W10 a[0,10)=2!")]
    public void PanesAddUpAsTheirModeSays(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("12.3", "no window without records", "tumbling(10) | a1 a31 END a[0,10)=1 a[30,40)=1")]
    [Vector("12.3", "no empty pane on time, discarding",
        "tumbling(10) early(5) discarding | a1 P5 a[0,10)=1@early W10 . END .")]
    [Vector("12.3", "no empty pane on time with a lateness, and the count goes on",
        "tumbling(10) early(5) lateness(5) discarding | a1 P5 a[0,10)=1@early#0 W10 . a2 a[0,10)=1@late#1")]
    [Vector("12.3", "no equal pane on time, retracting",
        "tumbling(10) early(5) retracting | a1 P5 a[0,10)=1@early W10 . END .")]
    [Vector("12.3", "no equal pane on time, and the one that stands is taken back later",
        "tumbling(10) early(5) lateness(5) retracting | a1 P5 a[0,10)=1@early#0 W10 . a2 -a[0,10)=1@late#0"
        + " a[0,10)=2@late#1")]
    [Vector("12.3", "no equal late pane, retracting", "tumbling(10) lateness(5) retracting max | a5 W10 a[0,10)=5 a3 ."
        + " a7 -a[0,10)=5@late a[0,10)=7@late")]
    [Vector("12.3", "an equal late pane, accumulating", "tumbling(10) lateness(5) max | a5 W10 a[0,10)=5 a3"
        + " a[0,10)=5@late")]
    [Vector("12.3", "an equal early pane, retracting", "tumbling(10) early(5) retracting max | a5 P5 a[0,10)=5@early a3"
        + " P5 . a7 P5 -a[0,10)=5@early a[0,10)=7@early END .")]
    [Vector("12.3", "an unchanged key beside one that changed, discarding",
        "tumbling(10) early(5) discarding | a1 b1 P5 a[0,10)=1@early b[0,10)=1@early b2 W10 b[0,10)=1")]
    [Vector("12.3", "an unchanged key beside one that changed, retracting",
        "tumbling(10) early(5) retracting | a1 b1 P5 a[0,10)=1@early b[0,10)=1@early b2 W10 -b[0,10)=1 b[0,10)=2")]
    [Vector("12.3", "a late record that is dropped makes no pane",
        "tumbling(10) lateness(5) retracting | a1 W15 a[0,10)=1! a2 late:a2[0,10)@15 END .")]
    [Vector("12.4", "a retraction has the value that was said", "tumbling(10) lateness(5) retracting max | a5 W10"
        + " a[0,10)=5#0 a7 -a[0,10)=5@late#0 a[0,10)=7@late#1 a9 -a[0,10)=7@late#1 a[0,10)=9@late#2")]
    [Vector("12.4", "a retraction goes right before what replaces it", "tumbling(10) lateness(5) retracting | a1 b1 W10"
        + " a[0,10)=1 b[0,10)=1 b2 -b[0,10)=1@late b[0,10)=2@late a2 -a[0,10)=1@late a[0,10)=2@late")]
    [Vector("12.4", "a retraction is never final", "tumbling(10) early(5) retracting | a1 P5 a[0,10)=1@early a2 W10"
        + " -a[0,10)=1~ a[0,10)=2!")]
    [Vector("12.5", "sessions that merge take back what each of them said",
        "session(5) lateness(20) retracting | a0 a6 W11 a[0,5)=1#0 a[6,11)=1#0"
        + " a3 -a[0,5)=1@late#0 -a[6,11)=1@late#0 a[0,11)=3@late#0")]
    [Vector("12.4", "the first pane takes nothing back", "tumbling(10) retracting | a1 W10 a[0,10)=1#0! END .")]
    public void NothingEmptyOrEqualIsSaid(string scenario) => ScenarioRun.Check(scenario);
}
