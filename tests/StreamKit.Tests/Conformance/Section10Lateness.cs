using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 10: four moments of a window, and the decision for each record and window.</summary>
public class Section10Lateness
{
    [Theory]
    [Vector("10.1", "out of order and not behind", "tumbling(10) | a5 a3 W10 a[0,10)=2")]
    [Vector("10.1", "behind and not late", "tumbling(10) | W5 a3 W10 a[0,10)=1")]
    [Vector("10.1", "late and not dropped", "tumbling(10) lateness(5) | W10 a3 a[0,10)=1@late")]
    [Vector("10.1", "dropped", "tumbling(10) lateness(5) | W15 a3 late:a3[0,10)@15")]
    [Vector("10.1", "in order and dropped", "tumbling(10) | W15 a3 a4 late:a3[0,10)@15 late:a4[0,10)@15")]
    [Vector("10.2", "far behind in a long window", "tumbling(100) | W99 a1 . W100 a[0,100)=1")]
    [Vector("10.2", "behind in a hopping window", "hopping(20,10) | W9 a1 W10 a[-10,10)=1 W20 a[0,20)=1")]
    [Vector("10.2", "behind in a session", "session(50) | W40 a1 W51 a[1,51)=1")]
    [Vector("10.2", "behind in the global window", "global | W1000 a1 END a[MIN,MAX)=1")]
    [Vector("10.2", "behind by all the size but one tick", "tumbling(10) | W9 a0 W10 a[0,10)=1")]
    [Vector("10.3", "a late record comes once, with the one window it missed",
        "tumbling(10) | W20 a5 late:a5[0,10)@20 END .")]
    [Vector("10.3", "with all the windows it missed, by start", "hopping(9,3) | W15 a8 late:a8[0,9)[3,12)[6,15)@15")]
    [Vector("10.3", "with those it missed only", "hopping(9,3) | W12 a8 late:a8[0,9)[3,12)@12+others W15 a[6,15)=1")]
    [Vector("10.3", "accepted late by others is accepted", "hopping(10,5) lateness(2) | W16 a7"
        + " a[5,15)=1@late late:a7[0,10)@16+others")]
    [Vector("10.3", "late by all but dropped by none does not come", "hopping(10,5) lateness(9) | W16 a7"
        + " a[0,10)=1@late a[5,15)=1@late")]
    [Vector("10.3", "two records of two keys", "tumbling(10) | W20 a5 b6 late:a5[0,10)@20 late:b6[0,10)@20")]
    [Vector("10.3", "the same record twice comes twice", "tumbling(10) | W20 a5 a5 late:a5[0,10)@20 late:a5[0,10)@20")]
    [Vector("10.3", "the watermark is the one at which it came", "tumbling(10) | W10 a5 late:a5[0,10)@10 W30 a6"
        + " late:a6[0,10)@30")]
    [Vector("10.3", "a session that missed is the one it would have opened", "session(7) | W50 a5 late:a5[5,12)@50")]
    [Vector("10.3", "a key that has other windows open", "tumbling(10) | a25 W20 a5 late:a5[0,10)@20 END a[20,30)=1")]
    [Vector("10.3", "a late record changes no result", "tumbling(10) | a1 W10 a[0,10)=1 a2 late:a2[0,10)@10 END .")]
    [Vector("10.3", "a late record below zero", "tumbling(10) | W0 a-1 late:a-1[-10,0)@0")]
    public void ALateRecordIsToldApartAndReportedOnce(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("10.4", "one tick before the expiry", "tumbling(10) lateness(3) | a1 W12 a[0,10)=1 a2 a[0,10)=2@late")]
    [Vector("10.4", "at the expiry", "tumbling(10) lateness(3) | a1 W12 a[0,10)=1 W13 a2 late:a2[0,10)@13")]
    [Vector("10.4", "the state goes at the expiry", "tumbling(10) lateness(3) | a1 W10 a[0,10)=1 W13 EMPTY")]
    [Vector("10.4", "a lateness of one tick, in time", "tumbling(10) lateness(1) | W10 a1 a[0,10)=1@late")]
    [Vector("10.4", "a lateness of one tick, over", "tumbling(10) lateness(1) | W11 a1 late:a1[0,10)@11")]
    [Vector("10.4", "each hopping window has its own expiry, in time",
        "hopping(10,5) lateness(2) | W11 a7 a[0,10)=1@late W15 a[5,15)=1")]
    [Vector("10.4", "each hopping window has its own expiry, over",
        "hopping(10,5) lateness(2) | W12 a7 late:a7[0,10)@12+others W15 a[5,15)=1")]
    [Vector("10.4", "the expiry of a session", "session(5) lateness(3) | a0 W7 a[0,5)=1 a1 a[0,6)=2@late W9 EMPTY")]
    [Vector("10.4", "an expired session does not grow, a record that is not expired opens its own",
        "session(5) lateness(3) | a0 W8 a[0,5)=1! a1 a[1,6)=1@late#0 W9 EMPTY")]
    [Vector("10.4", "a lateness longer than the size", "tumbling(10) lateness(25) | a1 W34 a[0,10)=1 a2"
        + " a[0,10)=2@late W35 EMPTY a3 late:a3[0,10)@35")]
    [Vector("10.4", "below zero", "tumbling(10) lateness(3) | a-5 W2 a[-10,0)=1 a-4 a[-10,0)=2@late W3 a-3"
        + " late:a-3[-10,0)@3")]
    [Vector("10.5", "without lateness a window fires and goes in one step", "tumbling(10) | a1 W10 a[0,10)=1! EMPTY")]
    [Vector("10.5", "and takes nothing more", "tumbling(10) | a1 W10 a[0,10)=1! a2 late:a2[0,10)@10 EMPTY")]
    [Vector("10.5", "a session fires and goes in one step", "session(5) | a1 W6 a[1,6)=1! EMPTY")]
    [Vector("10.5", "a hopping window goes, its neighbour stays",
        "hopping(10,5) | a7 W10 a[0,10)=1! W15 a[5,15)=1! EMPTY")]
    [Vector("10.5", "keys go together", "tumbling(10) | a1 b2 c3 W10 a[0,10)=1! b[0,10)=1! c[0,10)=1! EMPTY")]
    [Vector("10.6", "a jump over end and expiry", "tumbling(10) lateness(5) | a3 W15 a[0,10)=1#0! EMPTY")]
    [Vector("10.6", "a jump to one tick before the expiry", "tumbling(10) lateness(5) | a3 W14 a[0,10)=1#0~ W15 EMPTY")]
    [Vector("10.6", "a jump over several windows", "hopping(10,5) lateness(5) | a3 W100 a[-5,5)=1! a[0,10)=1! EMPTY")]
    [Vector("10.6", "a jump over one expiry and one end",
        "hopping(10,5) lateness(5) | a3 W10 a[-5,5)=1! a[0,10)=1~ W15 EMPTY")]
    [Vector("10.6", "a jump, retracting", "tumbling(10) lateness(5) retracting | a3 a4 WMAX-1 a[0,10)=2! EMPTY")]
    [Vector("10.6", "a jump, discarding", "tumbling(10) lateness(5) discarding | a3 a4 WMAX-1 a[0,10)=2! EMPTY")]
    [Vector("10.6", "a jump over a session", "session(5) lateness(5) | a3 W13 a[3,8)=1! EMPTY")]
    [Vector("10.6", "the end of the stream is such a jump", "tumbling(10) lateness(5) | a3 END a[0,10)=1#0!")]
    public void AWindowCompletesAndExpiresAtItsMoments(string scenario) => ScenarioRun.Check(scenario);

    [Theory]
    [Vector("10.7", "early results do not stand for the one on time",
        "tumbling(10) early(5) | a1 P5 a[0,10)=1@early W10 a[0,10)=1#1!")]
    [Vector("10.7", "what came after the last early result is in the one on time",
        "tumbling(10) early(5) lateness(5) | a1 P5 a[0,10)=1@early a2 W10 a[0,10)=2~")]
    [Vector("10.7", "what came after the one on time is said before the expiry",
        "tumbling(10) early(5) lateness(5) | a1 P5 a[0,10)=1@early W10 a[0,10)=1 a2 a[0,10)=2@late W15 EMPTY")]
    [Vector("10.7", "early, and a jump over end and expiry",
        "tumbling(10) early(5) lateness(5) | a1 P5 a[0,10)=1@early a2 W20 a[0,10)=2#1! EMPTY")]
    [Vector("10.8", "a window that opens when it is complete", "tumbling(10) lateness(5) | W12 a3 a[0,10)=1@late#0~")]
    [Vector("10.8", "a window that opens at its end", "tumbling(10) lateness(5) | W10 a3 a[0,10)=1@late#0~ W15 EMPTY")]
    [Vector("10.8", "it has no result on time", "tumbling(10) lateness(5) | W10 a3 a[0,10)=1@late a4"
        + " a[0,10)=2@late#1 END .")]
    [Vector("10.8", "another key's window was on time",
        "tumbling(10) lateness(5) | b1 W10 b[0,10)=1 a3 a[0,10)=1@late#0")]
    [Vector("10.8", "it opens late, retracting",
        "tumbling(10) lateness(5) retracting | W10 a3 a[0,10)=1@late a4 -a[0,10)=1@late#0 a[0,10)=2@late#1")]
    [Vector("10.8", "it opens late, discarding",
        "tumbling(10) lateness(5) discarding | W10 a3 a[0,10)=1@late a4 a[0,10)=1@late#1")]
    [Vector("10.8", "a session that opens late", "session(5) lateness(5) | W8 a2 a[2,7)=1@late#0 W12 EMPTY")]
    public void AWindowMaySpeakEarlyAndOpenLate(string scenario) => ScenarioRun.Check(scenario);
}
