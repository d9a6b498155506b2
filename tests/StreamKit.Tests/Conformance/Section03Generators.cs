using StreamKit.Tests.Conformance.Notation;

namespace StreamKit.Tests.Conformance;

/// <summary>SEMANTICS 3: how records make watermarks.</summary>
public class Section03Generators
{
    [Theory]
    [Vector("3.1", "the record goes before its watermark", "monotone", "3 7", "3 W3 7 W7")]
    [Vector("3.1", "a batch goes before the watermark it makes", "monotone", "3,7", "3 7 W7")]
    [Vector("3.1", "the greatest of a batch counts, wherever it stands", "monotone", "9,2,4", "9 2 4 W9")]
    [Vector("3.1", "a bound of five", "bound(5)", "10 7 20", "10 W5 7 20 W15")]
    [Vector("3.1", "a bound that reaches below zero", "bound(5)", "4", "4 W-1")]
    [Vector("3.1", "a bound below zero", "bound(5)", "-10", "-10 W-15")]
    [Vector("3.1", "a bound and a batch", "bound(2)", "5,9,8 10", "5 9 8 W7 10 W8")]
    [Vector("3.1", "a bound of zero is monotone", "bound(0)", "3 2 4", "3 W3 2 4 W4")]
    [Vector("3.1", "a marker follows the record that carries it", "punctuated", "5*9", "5 W9")]
    [Vector("3.1", "records without a marker move nothing", "punctuated", "5 600", "5 600")]
    [Vector("3.1", "a marker at the record's own time", "punctuated", "5*5 4", "5 W5 4")]
    [Vector("3.1", "a marker in the midst of a batch", "punctuated", "5*9,1,30", "5 1 30 W9")]
    [Vector("3.1", "the greatest marker of a batch", "punctuated", "1*4,2*8,3*6", "1 2 3 W8")]
    [Vector("3.1", "a negative marker", "punctuated", "5*-3 6*-2", "5 W-3 6 W-2")]
    [Vector("3.1", "a marker at the end of event time", "punctuated", "5*MAX", "5 WMAX")]
    [Vector("3.1", "a generator of one's own that has said nothing", "echo", "5 6 7", "5 6 7")]
    [Vector("3.1", "a generator of one's own that runs ahead", "echo", "5*100 6 7*101", "5 W100 6 7 W101")]
    [Vector("3.1", "within a batch a generator's greatest value counts", "echo", "1*20,2*5", "1 2 W20")]
    [Vector("3.1", "each split has a generator of its own", "echo", "open0 open1 1*20 1:1*7 1:2*30", "1 1 W7 2 W20")]
    [Vector("3.2", "watermarks between two boundaries are not sent", "monotone distance(10)",
        "-3 -1 0 5 10", "-3 W-3 -1 0 W0 5 10 W10")]
    [Vector("3.2", "a jump over several boundaries is one watermark", "monotone distance(10)",
        "5 35 36 40", "5 W5 35 W35 36 40 W40")]
    [Vector("3.2", "the end of time always matters", "monotone distance(10)", "open0 5 6 end0", "5 W5 6 WMAX")]
    [Vector("3.3", "a watermark from before is ignored", "monotone", "W500 10", "10 W10")]
    [Vector("3.3", "a watermark from before does not raise", "monotone", "10 W500 11", "10 W10 11 W11")]
    [Vector("3.3", "the end of event time passes", "monotone", "10 WMAX", "10 W10 WMAX")]
    [Vector("3.3", "the end of event time passes without records", "punctuated", "WMAX", "WMAX")]
    [Vector("3.4", "a record at the limit moves time", "monotone guard(5,keep)", "now=100 105", "105 W105")]
    [Vector("3.4", "a record beyond the limit does not", "monotone guard(5,keep)", "now=100 50 106", "50 W50 106")]
    [Vector("3.4", "later records move time as before", "monotone guard(5,keep)",
        "now=100 50 500 70", "50 W50 500 70 W70")]
    [Vector("3.4", "a record beyond the limit is clamped to it", "monotone guard(5,clamp)",
        "now=100 50 200 70", "50 W50 105 70 W70")]
    [Vector("3.4", "a clamped record does not move time", "monotone guard(5,clamp)", "now=100 200", "105")]
    [Vector("3.4", "a record beyond the limit is refused", "monotone guard(5,reject)",
        "now=100 50 200 70", "50 W50 70 W70 bad:200")]
    [Vector("3.4", "a batch of which nothing remains",
        "monotone guard(5,reject)", "now=100 200,300", "bad:200 bad:300")]
    [Vector("3.4", "in the midst of a batch", "monotone guard(5,keep)", "now=100 50,200,70", "50 200 70 W70")]
    [Vector("3.4", "a skew of zero", "monotone guard(0,keep)", "now=100 100 101", "100 W100 101")]
    [Vector("3.4", "what was the future is the present later", "monotone guard(5,keep)",
        "now=100 110 now=110 110", "110 110 W110")]
    [Vector("3.4", "the past is not guarded", "monotone guard(0,reject)", "now=100 -500", "-500 W-500")]
    [Vector("3.4", "a skew beyond the end of time guards nothing", "monotone guard(9223372036854775807,reject)",
        "now=100 MAX-1", "MAX-1 WMAX-1")]
    [Vector("3.4", "a marker in the future is not looked at", "punctuated guard(5,keep)", "now=100 200*90 60*50",
        "200 60 W50")]
    [Vector("3.4", "a bound is subtracted after the guard",
        "bound(10) guard(5,keep)", "now=100 105 106", "105 W95 106")]
    public void TheStrategyMakesExactlyThis(string strategy, string input, string output) =>
        GeneratorScript.Check(strategy, input, output);

    [Theory]
    [Vector("3.1", "the record that completes a window is not in it",
        "tumbling(10) bound(0) | a5 a10 a[0,10)=1 END a[10,20)=1")]
    [Vector("3.5", "records that are filtered out move time", "tumbling(10) bound(0) dropx | a5 x10 a[0,10)=1")]
    [Vector("3.5", "where all are filtered out time moves",
        "tumbling(10) bound(0) dropx | x5 x100 a5 late:a5[0,10)@100")]
    [Vector("3.5", "filtered records are in no window", "tumbling(10) bound(0) dropx | x1 a2 x3 END a[0,10)=1")]
    public void TheEngineSaysExactlyThis(string scenario) => ScenarioRun.Check(scenario);
}
