using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 4: one watermark of several inputs, for splits, for inputs of a step, and alone.</summary>
public class Section04Inputs
{
    [Theory]
    [Vector("4.1", "one input is its own watermark", "1 | 0=5>5 0=9>9")]
    [Vector("4.1", "an input that has not reported holds the result", "2 | 0=5>MIN 0=100>MIN")]
    [Vector("4.1", "the last of three to report releases", "3 | 0=5>MIN 1=7>MIN 2=3>3")]
    [Vector("4.1", "an idle input that has not reported does not hold", "2 | 0=5>MIN 1:idle>5")]
    [Vector("4.1", "idle from the beginning", "2 | 1:idle>MIN 0=5>5")]
    [Vector("4.1", "all idle before anything is known", "2 | 0:idle>MIN 1:idle>MIN,idle 0=4>4")]
    [Vector("4.2", "the slowest decides", "2 | 0=5>MIN 1=4>4 1=9>5 0=7>7 0=20>9")]
    [Vector("4.2", "the slowest of three", "3 | 0=10>MIN 1=20>MIN 2=30>10 0=25>20 1=40>25")]
    [Vector("4.2", "equal inputs", "2 | 0=5>MIN 1=5>5 0=5>5 1=6>5 0=6>6")]
    [Vector("4.2", "an input that falls is ignored", "2 | 0=5>MIN 1=4>4 1=3>4 1=6>5")]
    [Vector("4.2", "below zero", "2 | 0=-5>MIN 1=-9>-9 1=-2>-5")]
    [Vector("4.2", "from the ends of event time", "2 | 0=MIN+1>MIN 1=MAX-1>MIN+1 0=MAX-1>MAX-1")]
    [Vector("4.2", "where all active inputs are behind it stays",
        "2 | 0=10>MIN 1=4>4 1:idle>10 1=6>10,rejoin1 0:idle>10,rejoin1 1=9>10,rejoin1 1=12>12")]
    [Vector("4.3", "an input that rejoins does not hold",
        "2 | 0=10>MIN 1=4>4 1:idle>10 1:active>10,rejoin1 0=15>15,rejoin1 1=14>15,rejoin1 1=15>15 0=30>15")]
    [Vector("4.3", "caught up at exactly the result, it holds again",
        "2 | 0=10>MIN 1=4>4 1:idle>10 1=10>10 0=20>10 1=11>11")]
    [Vector("4.3", "an input that returns ahead is counted at once", "2 | 0=10>MIN 1=4>4 1:idle>10 1=50>10 0=60>50")]
    [Vector("4.3", "the others go on meanwhile",
        "3 | 0=10>MIN 1=10>MIN 2=1>1 2:idle>10 0=20>10 2=5>10,rejoin2 1=20>20,rejoin2 2=20>20 0=30>20")]
    [Vector("4.3", "idle again before it has caught up",
        "2 | 0=10>MIN 1=4>4 1:idle>10 1=6>10,rejoin1 1:idle>10 0=12>12")]
    [Vector("4.3", "ended before it has caught up", "2 | 0=10>MIN 1=4>4 1:idle>10 1=6>10,rejoin1 1:end>10 0=12>12")]
    [Vector("4.3", "an idle input that was ahead holds when it returns",
        "2 | 0=10>MIN 1=15>10 1:idle>10 0=12>12 1:active>12 0=30>15")]
    [Vector("4.4", "the last to turn idle flushes to the highest", "2 | 0=5>MIN 1=4>4 1:idle>5 0:idle>5,idle")]
    [Vector("4.4", "three inputs, quick to slow", "3 | 0=9>MIN 1=4>MIN 2=6>4 0:idle>4 2:idle>4 1:idle>9,idle")]
    [Vector("4.4", "three inputs, slow to quick", "3 | 0=9>MIN 1=4>MIN 2=6>4 1:idle>6 2:idle>9 0:idle>9,idle")]
    [Vector("4.4", "three inputs, the middle last", "3 | 0=9>MIN 1=4>MIN 2=6>4 0:idle>4 1:idle>6 2:idle>9,idle")]
    [Vector("4.4", "once only", "1 | 0=5>5 0:idle>5,idle 0:idle>5,idle")]
    [Vector("4.4", "idle does not advance time", "2 | 0=5>MIN 1=5>5 0:idle>5 1:idle>5,idle")]
    [Vector("4.4", "idle, active, idle", "2 | 0=5>MIN 1=4>4 0:idle>4 1:idle>5,idle 0=7>7 0:idle>7,idle")]
    [Vector("4.4", "an input that never reported adds nothing to the flush", "2 | 0=5>MIN 0:idle>MIN 1:idle>5,idle")]
    [Vector("4.5", "a watermark makes an idle input active", "1 | 0=5>5 0:idle>5,idle 0=7>7")]
    [Vector("4.5", "also one that says nothing new", "1 | 0=5>5 0:idle>5,idle 0=5>5")]
    [Vector("4.5", "active again it holds the others", "2 | 0=5>MIN 1=5>5 1:idle>5 0=9>9 1=9>9 0=20>9")]
    [Vector("4.6", "an ended input is forgotten", "2 | 0=5>MIN 1=4>4 1:end>5 0=9>9")]
    [Vector("4.6", "all ended is the end of event time", "2 | 0=5>MIN 1=4>4 1:end>5 0:end>MAX")]
    [Vector("4.6", "ended without a word", "2 | 0:end>MIN 1=4>4 1:end>MAX")]
    [Vector("4.6", "three end one by one", "3 | 0:end>MIN 1:end>MIN 2:end>MAX")]
    [Vector("4.6", "an ended input takes no part in the flush", "2 | 0=5>MIN 1=4>4 0:end>4 1:idle>4,idle")]
    [Vector("4.6", "an idle input may end", "2 | 0=5>MIN 1=3>3 1:idle>5 1:end>5 0:end>MAX")]
    [Vector("4.6", "what remains after an end is idle", "2 | 0=5>MIN 1:idle>5 0:end>5,idle 1=3>5,rejoin1 1=8>8")]
    [Vector("4.6", "the end of the slowest releases the next", "3 | 0=9>MIN 1=2>MIN 2=6>2 1:end>6 2:end>9 0:end>MAX")]
    [Vector("4.7", "an input that is added before anything is read holds", "0 | +>MIN +>MIN 0=5>MIN 1=3>3")]
    [Vector("4.7", "an input that is added at run time rejoins",
        "1 | 0=10>10 +>10,rejoin1 0=20>20,rejoin1 1=15>20,rejoin1 1=20>20 0=30>20")]
    [Vector("4.7", "an input that is added at run time may be ahead", "1 | 0=10>10 +>10,rejoin1 1=15>10 0=20>15")]
    [Vector("4.7", "when the last active input goes the rest is idle", "2 | 0=5>MIN 1=4>4 0:idle>4 1:end>5,idle")]
    [Vector("4.7", "a retired split holds nobody", "2 | 0=5>MIN 1=9>5 0:retire>9 1=12>12")]
    [Vector("4.7", "when the last of several is retired the rest is idle and not ended",
        "2 | 0=5>MIN 1=9>5 0:retire>9 1:retire>9,idle")]
    [Vector("4.7", "a retired split that was ahead counts when all fall silent",
        "2 | 0=100>MIN 1=3>3 0:retire>3 1:idle>100,idle")]
    [Vector("4.7", "a split that is found after all were retired rejoins",
        "1 | 0=10>10 0:retire>10,idle +>10,rejoin1 1=4>10,rejoin1 1=12>12")]
    [Vector("4.7", "a split with a stored watermark ahead holds nobody back", "1 | 0=10>10 +30>10 0=20>20 0=40>30")]
    [Vector("4.7", "a split with a stored watermark behind rejoins",
        "1 | 0=10>10 +4>10,rejoin1 0=20>20,rejoin1 1=20>20 0=30>20")]
    [Vector("4.7", "stored watermarks before anything is read are waited for", "0 | +7>7 +3>7,rejoin1 0=9>9,rejoin1")]
    [Vector("4.10", "a step of two inputs sends one watermark",
        "2 | 0=7>MIN 1=3>3 0=8>3 1=9>8 1:end>8 0=9>9 0:end>MAX")]
    public void AllThatMergesInputsAgrees(string script) => MergeScript.Check(script);

    [Theory]
    [Vector("4.1", "a split that is known but silent holds the source", "monotone", "open0 open1 5 9", "5 9")]
    [Vector("4.2", "splits are merged, not records", "monotone", "open0 open1 10 1:4 1:20 12", "10 4 W4 20 W10 12 W12")]
    [Vector("4.2", "each split has its own bound", "bound(5)", "open0 open1 100 1:40 1:60", "100 40 W35 60 W55")]
    [Vector("4.3", "a record behind on a split that rejoins says so",
        "monotone", "open0 open1 10 idle1 1:4", "10 W10 4r")]
    [Vector("4.3", "a record behind on a split that never left does not", "monotone",
        "open0 open1 10 1:20 1:5", "10 20 W10 5")]
    [Vector("4.5", "a record makes an idle split active", "monotone", "open0 open1 5 1:5 idle1 1:6 9", "5 5 W5 6 9 W6")]
    [Vector("4.5", "a record makes an idle source active", "monotone", "open0 5 idle0 7", "5 W5 IDLE ACTIVE 7 W7")]
    [Vector("4.6", "the end of the last split ends event time",
        "monotone", "open0 open1 5 end0 1:7 end1", "5 7 W7 WMAX")]
    [Vector("4.7", "a split found at run time rejoins", "monotone", "open0 10 open1 1:3 20", "10 W10 3r 20 W20")]
    [Vector("4.8", "silent for less than the patience", "monotone idle(100)", "open0 open1 now=50 10 now=99", "10")]
    [Vector("4.8", "silent for exactly the patience", "monotone idle(100)", "open0 open1 now=50 10 now=100", "10 W10")]
    [Vector("4.8", "the clock of idleness stands under back-pressure", "monotone idle(100)",
        "open0 open1 now=50 10 held=500", "10")]
    [Vector("4.8", "and goes on where it stood", "monotone idle(100)", "open0 open1 now=50 10 held=500 now=549 now=550",
        "10 W10")]
    [Vector("4.8", "a record begins the silence anew", "monotone idle(100)",
        "open0 open1 now=60 1:4 now=90 10 now=159 now=160", "4 10 W4 W10")]
    [Vector("4.4", "all silent: the highest, then idle", "monotone idle(100)", "open0 open1 10 1:4 now=100",
        "10 4 W4 W10 IDLE")]
    [Vector("4.5", "after that a record makes the source active", "monotone idle(100)",
        "open0 open1 10 1:4 now=100 12", "10 4 W4 W10 IDLE ACTIVE 12 W12")]
    [Vector("4.8", "without a patience a silent split holds for ever", "monotone",
        "open0 open1 10 now=9000000000000000", "10")]
    [Vector("4.8", "the clock of idleness stands while a split is held by alignment", "monotone idle(100)",
        "open0 open1 now=50 10 hold1 now=140", "10")]
    [Vector("4.8", "held for longer than the patience", "monotone idle(100)",
        "open0 open1 hold1 now=50 10 now=1000 0:12 now=1050", "10 12")]
    [Vector("4.8", "released it goes on where it stood", "monotone idle(100)",
        "open0 open1 now=50 hold1 now=450 10 free1 now=499 now=500", "10 W10")]
    [Vector("4.9", "silent for exactly so long", "monotone silent(100)", "50 now=100", "50 W50")]
    [Vector("4.9", "a tick of silence more is a tick of event time", "monotone silent(100)",
        "50 now=101", "50 W50 W51")]
    [Vector("4.9", "at the speed of the clock, from its last value", "bound(5) silent(100)",
        "50 now=101 now=130", "50 W45 W46 W75")]
    [Vector("4.9", "many ticks at once", "monotone silent(100)", "50 now=1000", "50 W50 W950")]
    [Vector("4.9", "off where it was not asked for", "monotone", "50 now=100000", "50 W50")]
    [Vector("4.9", "a record begins the silence anew", "monotone silent(100)",
        "50 now=60 55 now=160 now=165", "50 W50 55 W55 W60")]
    [Vector("4.9", "a record of any split does", "monotone silent(100)",
        "open0 open1 50 1:50 now=90 1:51 now=190 now=191", "50 50 W50 51 W51")]
    [Vector("4.9", "a record that time overtook says so", "monotone silent(100)", "50 now=130 60", "50 W50 W80 60r")]
    [Vector("4.9", "a record ahead of it goes on", "monotone silent(100)", "50 now=130 90", "50 W50 W80 90 W90")]
    [Vector("4.9", "without a watermark nothing advances", "monotone silent(100)", "open0 open1 50 now=10000", "50")]
    [Vector("4.9", "back-pressure is no silence", "monotone silent(100)", "50 held=500", "50 W50")]
    [Vector("4.9", "nor is being held by alignment", "monotone silent(100)",
        "open0 50 now=40 hold0 now=500 free0 now=560 now=562", "50 W50 W52")]
    [Vector("4.9", "a silent stream stays idle", "monotone idle(30) silent(100)", "50 now=30 now=120",
        "50 W50 IDLE W70 IDLE")]
    public void ASourceOfSeveralSplitsMakesExactlyThis(string strategy, string input, string output) =>
        GeneratorScript.Check(strategy, input, output);

    [Theory]
    [Vector("4.4", "an idle input does not complete a window", "tumbling(10) | a1 W5 IDLE . ACTIVE W10 a[0,10)=1")]
    [Vector("4.5", "a record after idleness is judged as any other",
        "tumbling(10) | a1 W10 a[0,10)=1 IDLE ACTIVE a2 late:a2[0,10)@10")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);
}
