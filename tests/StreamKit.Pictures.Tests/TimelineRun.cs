using System.Globalization;
using StreamKit.Testing;

namespace StreamKit.Pictures.Tests;

/// <summary>Does what a script says, and writes down what came when.</summary>
/// <remarks>
/// A script is words: <c>a3</c> is a record of key a at 3, <c>a3*</c> one with a mark, <c>W10</c> a watermark,
/// <c>P2</c> two units of processing time, <c>END</c> the end of the stream. By the clock, records come when the clock
/// shows their time, and <c>P</c> only lets it run on.
/// </remarks>
internal sealed class TimelineRun<TTest, TOut>(
    StreamTestBase<TTest, Reading, TOut> test, Axis axis, bool byTheClock, Func<TOut, int, double, Bar> toBar)
    where TTest : StreamTestBase<TTest, Reading, TOut>
{
    private readonly List<Reading> _readings = [];
    private readonly List<Row> _rows = [];
    private int _taken;
    private int _dropped;
    private int _clock;

    /// <summary>How many records have come to the stream of late records; none where nobody asks for it.</summary>
    public Func<int> Dropped { get; init; } = static () => 0;

    public IReadOnlyList<Reading> Readings => _readings;

    public IReadOnlyList<Row> Rows => _rows;

    public void Do(string script)
    {
        foreach (string word in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Step(word);
            Take();
        }
    }

    private void Step(string word)
    {
        switch (word)
        {
            case "END":
                test.End();
                if (test.Outputs.Count > _taken)
                {
                    Note("the stream ends", null);
                }

                break;
            case ['W', .. var at]:
                Note($"W = {at}", Number(at));
                test.Watermark(axis.OriginUnits + Number(at));
                break;
            case ['P', .. var units] when byTheClock:
                AdvanceTo(_clock + Number(units));
                break;
            case ['P', .. var units]:
                Note($"{units} {axis.Sign} later", null);
                test.ProcessingTime(axis.Unit * Number(units));
                break;
            default:
                Push(new Reading(word[..1], Number(word[1..].TrimEnd('*'))) { IsMarked = word.EndsWith('*') });
                break;
        }
    }

    private void Push(Reading reading)
    {
        if (byTheClock)
        {
            AdvanceTo(reading.At);
        }

        _readings.Add(reading);
        test.Push(axis.OriginUnits + reading.At, reading);
        if (Dropped() > _dropped)
        {
            _dropped++;
            Note($"record {_readings.Count} is dropped", null);
        }
    }

    // Unit by unit, so that what comes is seen when it comes.
    private void AdvanceTo(int at)
    {
        while (_clock < at)
        {
            test.ProcessingTime(axis.Unit);
            _clock++;
            if (test.Outputs.Count > _taken)
            {
                Note($"clock = {_clock}", _clock);
                Take();
            }
        }
    }

    private void Note(string text, double? at) => _rows.Add(new Mark(_readings.Count, text, at));

    private void Take()
    {
        for (; _taken < test.Outputs.Count; _taken++)
        {
            _rows.Add(toBar(test.Outputs[_taken], _readings.Count, _clock));
        }
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
