using System.Globalization;
using HdrHistogram;

namespace StreamKit.Latency;

/// <summary>Percentiles, one row per run, all in one unit.</summary>
/// <param name="output">Where the table goes.</param>
/// <param name="unit">The unit's name, for the head.</param>
/// <param name="perUnit">How much of what the histograms hold makes one unit.</param>
internal sealed class LatencyTable(TextWriter output, string unit, double perUnit)
{
    private static readonly double[] s_percentiles = [50, 90, 99, 99.9, 99.99];

    private bool _headed;

    public void Add(string run, HistogramBase histogram, string remark)
    {
        if (!_headed)
        {
            _headed = true;
            var names = s_percentiles.Select(static p => string.Create(CultureInfo.InvariantCulture, $"p{p}"));
            Write([unit, .. names, "max"], "");
        }

        Write(
            [
                run,
                .. s_percentiles.Select(p => Format(histogram.GetValueAtPercentile(p))),
                Format(histogram.TotalCount == 0 ? 0 : histogram.GetMaxValue()),
            ],
            remark);
    }

    private string Format(long value) => (value / perUnit).ToString("0.00", CultureInfo.InvariantCulture);

    private void Write(string[] cells, string remark)
    {
        output.WriteLine($"{cells[0],-12}{string.Concat(cells[1..].Select(c => $"  {c,9}"))}  {remark}".TrimEnd());
        output.Flush();
    }
}
