using System.Globalization;
using System.Security;
using System.Text;
using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>Draws a timeline: records above the axis of event time, results below it in the order in which they came.</summary>
internal sealed class SvgTimeline
{
    private const int Width = 720;
    private const int Left = 46;
    private const int Right = 24;
    private const int DotRow = 30;
    private const int BarRow = 30;
    private const int Top = 34;

    private const string Style = """
          <style>
            text { font: 13px system-ui, "Segoe UI", sans-serif; fill: #333 }
            .small { font-size: 11px }
            .axis { fill: none; stroke: #888 }
            .grid { fill: none; stroke: #888; stroke-opacity: .25 }
            .record { fill: #2563eb } .marked { fill: #7c3aed } .number { fill: #fff; font-size: 11px }
            .ontime { fill: #2563eb; fill-opacity: .22; stroke: #2563eb }
            .early { fill: none; stroke: #2563eb; stroke-dasharray: 5 3 }
            .late { fill: #d97706; fill-opacity: .25; stroke: #d97706 }
            .back { fill: none; stroke: #dc2626; stroke-dasharray: 2 3 }
            .watermark { stroke: #059669; stroke-width: 1.5; fill: none } .wmtext { fill: #047857; font-size: 11px }
            @media (prefers-color-scheme: dark) {
              text { fill: #ddd } .record { fill: #3b82f6 } .wmtext { fill: #34d399 }
            }
          </style>
        """;

    private readonly Timeline _timeline;
    private readonly StringBuilder _svg = new();
    private readonly string[] _keys;
    private readonly double _from;
    private readonly double _to;
    private readonly int _axis;

    private SvgTimeline(Timeline timeline)
    {
        _timeline = timeline;
        _keys = [.. timeline.Dots.Select(dot => dot.Reading.Key).Distinct()];
        IEnumerable<double> bounds = timeline.Bars.SelectMany(bar => (double[])[bar.Start, bar.End])
            .Concat(timeline.Dots.Select(dot => (double)dot.Reading.At))
            .Where(at => Math.Abs(at) < 1e6);
        _from = Math.Floor(bounds.Min() / 5) * 5;
        _to = Math.Max(_from + 5, Math.Ceiling(bounds.Max() / 5) * 5);
        _axis = Top + (_keys.Length * DotRow);
    }

    public static string Draw(Timeline timeline) => new SvgTimeline(timeline).Draw();

    private string Draw()
    {
        int height = _axis + 34 + (_timeline.Bars.Count * BarRow) + 8;
        string title = SecurityElement.Escape(_timeline.Title);
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{title}">""");
        _svg.Append(Style).Append('\n');
        Line($"""  <text x="{Left}" y="16">{title}</text>""");
        DrawAxis(height);
        DrawDots();
        DrawBars();
        _svg.Append("</svg>\n");
        return _svg.ToString();
    }

    private void DrawAxis(int height)
    {
        double step = _to - _from > 60 ? 10 : 5;
        for (double at = _from; at <= _to; at += step)
        {
            Line($"""  <path class="grid" d="M{X(at)} {Top - 8}V{height - 4}"/>""");
            Line($"""  <text class="small" x="{X(at)}" y="{_axis + 16}" text-anchor="middle">{at} s</text>""");
        }

        Line($"""  <path class="axis" d="M{Left} {_axis}H{Width - Right + 8}"/>""");
    }

    private void DrawDots()
    {
        for (int row = 0; row < _keys.Length; row++)
        {
            double y = Top + (row * DotRow) + 12;
            Line($"""  <text x="12" y="{y + 4}">{SecurityElement.Escape(_keys[row])}</text>""");
            foreach ((Reading reading, int arrival) in _timeline.Dots.Where(dot => dot.Reading.Key == _keys[row]))
            {
                string kind = reading.Value == 0 ? "marked" : "record";
                Line($"""  <circle class="{kind}" cx="{X(reading.At)}" cy="{y}" r="9"/>""");
                Line($"""  <text class="number" x="{X(reading.At)}" y="{y + 4}" text-anchor="middle">{arrival}</text>""");
            }
        }
    }

    private void DrawBars()
    {
        double y = _axis + 28;
        int drawn = 0;
        foreach (Bar bar in _timeline.Bars)
        {
            DrawMarks(drawn, y);
            double left = X(Math.Max(bar.Start, _from)), right = X(Math.Min(bar.End, _to));
            Line($"""  <rect class="{Kind(bar.Pane)}" x="{left}" y="{y}" width="{right - left}" height="22" rx="4"/>""");
            string text = SecurityElement.Escape(bar.Text);
            Line($"""  <text class="small" x="{(left + right) / 2}" y="{y + 15}" text-anchor="middle">{text}</text>""");
            y += BarRow;
            drawn++;
        }

        DrawMarks(drawn, y);
    }

    // Where the watermark stood when the next results had not come yet.
    private void DrawMarks(int drawn, double y)
    {
        foreach ((int at, _) in _timeline.Marks.Where(mark => mark.AfterBars == drawn && mark.At <= _to))
        {
            Line($"""  <path class="watermark" d="M{X(at)} {y - 8}v12"/>""");
            Line($"""  <text class="wmtext" x="{X(at) + 3}" y="{y}">W {at}</text>""");
        }
    }

    private static string Kind(Pane pane) => pane switch
    {
        { IsRetraction: true } => "back",
        { Timing: PaneTiming.Early } => "early",
        { Timing: PaneTiming.Late } => "late",
        _ => "ontime",
    };

    private double X(double at) => Math.Round(Left + ((at - _from) / (_to - _from) * (Width - Left - Right)), 1);

    private void Line(FormattableString line) =>
        _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
