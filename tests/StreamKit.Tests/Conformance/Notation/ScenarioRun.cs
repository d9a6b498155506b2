using StreamKit.Testing;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>Does to the engine what a scenario says, and compares word by word.</summary>
/// <remarks>
/// Whatever has come since the last expectation must be exactly what the next expectations say. Each of them is also
/// checked in the replays of the harness: other batches, other lanes, an output that refuses.
/// </remarks>
internal sealed class ScenarioRun : IDisposable
{
    private readonly StreamTest<Mark, WindowResult<string, string>, Mark> _test;
    private readonly string _text;
    private readonly Scenario _scenario;
    private readonly List<ExpectedResult> _results = [];
    private readonly List<ExpectedLate> _late = [];
    private bool _isExpecting;
    private int _resultsSeen;
    private int _lateSeen;

    private ScenarioRun(string text)
    {
        _text = text;
        _scenario = Scenario.Parse(text);
        _test = StreamTest.For(
            (DataStream<Mark> input) => ScenarioPipeline.Build(_scenario.Settings, input),
            new StreamTestOptions
            {
                Unit = TimeSpan.FromTicks(1),
                GenerateWatermarks = _scenario.Settings.Bound is not null,
            });
    }

    /// <summary>Fails where the engine says anything else than the scenario.</summary>
    public static void Check(string scenario)
    {
        using var run = new ScenarioRun(scenario);
        foreach (ScenarioStep step in run._scenario.Steps)
        {
            run.Take(step);
        }

        run.Compare();
        if (run._scenario.Steps.OfType<ScenarioStep.End>().Any())
        {
            run._test.ExpectNoState();
        }
    }

    public void Dispose() => _test.Dispose();

    private void Take(ScenarioStep step)
    {
        switch (step)
        {
            case ScenarioStep.Result result:
                _results.Add(result.Expected);
                _isExpecting = true;
                break;
            case ScenarioStep.Late late:
                _late.Add(late.Expected);
                _isExpecting = true;
                break;
            case ScenarioStep.Nothing:
                _isExpecting = true;
                break;
            case ScenarioStep.Empty:
                _test.ExpectNoState();
                break;
            case ScenarioStep.Unassigned unassigned:
                Require(
                    _test.UnassignedRecords == unassigned.Count,
                    $"UNASSIGNED={unassigned.Count}",
                    $"UNASSIGNED={_test.UnassignedRecords}");
                break;
            default:
                if (_isExpecting)
                {
                    Compare();
                }

                Act(step);
                break;
        }
    }

    private void Act(ScenarioStep step)
    {
        switch (step)
        {
            case ScenarioStep.Push push when _scenario.Settings.Bound is not null:
                _test.Push(push.Record);
                break;
            case ScenarioStep.Push push:
                _test.Push(push.Record.At, push.Record);
                break;
            case ScenarioStep.Watermark watermark:
                _test.Watermark(watermark.At);
                break;
            case ScenarioStep.Pass pass:
                _test.ProcessingTime(TimeSpan.FromTicks(pass.Ticks));
                break;
            case ScenarioStep.Idle:
                _test.Idle();
                break;
            case ScenarioStep.Active:
                _test.Active();
                break;
            case ScenarioStep.End:
                _test.End();
                break;
        }
    }

    private void Compare()
    {
        WindowResult<string, string>[] results = [.. _test.Outputs.Skip(_resultsSeen)];
        Late<Mark>[] late = [.. _test.LateRecords.Skip(_lateSeen)];
        Require(
            _results.Count == results.Length && _late.Count == late.Length
                && _results.Zip(results).All(static pair => pair.First.Matches(pair.Second))
                && _late.Zip(late).All(static pair => pair.First.Matches(pair.Second)),
            string.Join(' ', [.. _results, .. _late]),
            string.Join(' ', [.. results.Select(ExpectedResult.Write), .. late.Select(ExpectedLate.Write)]));
        _test.Verify();
        (_resultsSeen, _lateSeen, _isExpecting) = (_test.Outputs.Count, _test.LateRecords.Count, false);
        _results.Clear();
        _late.Clear();
    }

    private void Require(bool holds, string expected, string actual) => Assert.True(
        holds, $"{_text}\nexpected: {OrNothing(expected)}\nbut came: {OrNothing(actual)}");

    private static string OrNothing(string words) => words.Length == 0 ? "." : words;
}
