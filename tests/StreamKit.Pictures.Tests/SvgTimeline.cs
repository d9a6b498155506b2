using System.Globalization;
using System.Security;
using System.Text;
using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>
/// Draws a timeline: records above the axis; below it, from top to bottom, what happened and what was said about it.
/// </summary>
internal sealed class SvgTimeline
{
    public const int Width = 720;

    private const int Left = 66;
    private const int Right = 64;
    private const int DotRow = 30;
    private const int DotRadius = 9;
    private const int BarRow = 27;
    private const int MarkRow = 22;
    private const int Top = 34;

    // How wide a letter of 11 px is at most, on average over a word.
    private const double LetterWidth = 6.3;

    private const string Style = """
          <style>
            text { font: 13px system-ui, "Segoe UI", sans-serif; fill: #333 }
            .small { font-size: 11px } .soft { font-size: 11px; fill: #777 }
            .axis { fill: none; stroke: #888 }
            .grid { fill: none; stroke: #888; stroke-opacity: .25 }
            .record { fill: #2563eb } .marked { fill: #7c3aed } .number { fill: #fff; font-size: 11px }
            .dropped { fill: none; stroke: #dc2626; stroke-width: 1.5 } .missed { fill: #dc2626; font-size: 11px }
            .ontime { fill: #2563eb; fill-opacity: .22; stroke: #2563eb }
            .early { fill: none; stroke: #2563eb; stroke-dasharray: 5 3 }
            .late { fill: #d97706; fill-opacity: .25; stroke: #d97706 }
            .back { fill: none; stroke: #dc2626; stroke-dasharray: 2 3 }
            .mark { stroke: #059669; fill: none; stroke-dasharray: 1 3 } .tick { stroke: #059669; stroke-width: 1.5 }
            .marktext { fill: #047857; font-size: 11px }
            @media (prefers-color-scheme: dark) {
              text { fill: #ddd } .soft { fill: #999 } .record { fill: #3b82f6 } .marktext { fill: #34d399 }
              .ontime, .early { stroke: #60a5fa } .dropped { stroke: #f87171 } .missed { fill: #f87171 }
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
        double[] bounds = [.. timeline.Dots.Select(dot => (double)dot.Reading.At)
            .Concat(timeline.Rows.SelectMany(Bounds))
            .Where(at => Math.Abs(at) < 1e6)];
        int step = timeline.Axis.Step;
        _from = Math.Floor(bounds.Min() / step) * step;
        _to = Math.Max(_from + step, Math.Ceiling(bounds.Max() / step) * step);
        _axis = Top + (_keys.Length * DotRow);
    }

    public static string Draw(Timeline timeline) => new SvgTimeline(timeline).Draw();

    private static IEnumerable<double> Bounds(Row row) => row switch
    {
        Bar bar => [bar.Start, bar.End],
        Mark { At: { } at } => [at],
        _ => [],
    };

    private string Draw()
    {
        int height = _axis + 36 + _timeline.Rows.Sum(Height);
        string title = SecurityElement.Escape(_timeline.Title);
        const string Namespace = "http://www.w3.org/2000/svg";
        Line($"""<svg xmlns="{Namespace}" viewBox="0 0 {Width} {height}" role="img" aria-label="{title}">""");
        _svg.Append(Style).Append('\n');
        Line($"""  <text x="8" y="16">{title}</text>""");
        DrawAxis(height);
        DrawDots();
        DrawRows();
        _svg.Append("</svg>\n");
        return _svg.ToString();
    }

    private void DrawAxis(int height)
    {
        for (double at = _from; at <= _to; at += _timeline.Axis.Step)
        {
            Line($"""  <path class="grid" d="M{X(at)} {Top - 8}V{_axis}M{X(at)} {_axis + 20}V{height - 4}"/>""");
            string text = _timeline.Axis.Text(at);
            Line($"""  <text class="small" x="{X(at)}" y="{_axis + 15}" text-anchor="middle">{text}</text>""");
        }

        Line($"""  <path class="axis" d="M{Left} {_axis}H{Width - Right + 8}"/>""");
    }

    private void DrawDots()
    {
        for (int row = 0; row < _keys.Length; row++)
        {
            double y = Top + (row * DotRow) + 12;
            Line($"""  <text x="8" y="{y + 4}">{SecurityElement.Escape(_keys[row])}</text>""");
            Dot[] dots = [.. _timeline.Dots.Where(dot => dot.Reading.Key == _keys[row]).OrderBy(dot => dot.Reading.At)];
            for (int i = 0; i < dots.Length; i++)
            {
                double x = X(dots[i].Reading.At);
                if (i > 0 && x - X(dots[i - 1].Reading.At) < 2 * DotRadius)
                {
                    throw new InvalidOperationException($"'{_timeline.Title}': records cover each other at {dots[i]}.");
                }

                (string kind, string number) = dots[i] switch
                {
                    { IsDropped: true } => ("dropped", "missed"),
                    { Reading.IsMarked: true } => ("marked", "number"),
                    _ => ("record", "number"),
                };
                Line($"""  <circle class="{kind}" cx="{x}" cy="{y}" r="{DotRadius}"/>""");
                Line($"""  <text class="{number}" x="{x}" y="{y + 4}" text-anchor="middle">{dots[i].Arrival}</text>""");
            }
        }
    }

    private void DrawRows()
    {
        double y = _axis + 28;
        int after = 0;
        foreach (Row row in _timeline.Rows)
        {
            if (row.After != after)
            {
                after = row.After;
                Line($"""  <text class="soft" x="8" y="{y + 14}">after {after}</text>""");
            }

            if (row is Bar bar)
            {
                DrawBar(bar, y);
            }
            else if (row is Mark mark)
            {
                DrawMark(mark, y);
            }

            y += Height(row);
        }
    }

    private void DrawBar(Bar bar, double y)
    {
        double left = X(Math.Max(bar.Start, _from)), right = X(Math.Min(bar.End, _to));
        double width = Math.Max(3, right - left);
        string box = string.Create(
            CultureInfo.InvariantCulture, $"x=\"{left}\" y=\"{y}\" width=\"{width:0.#}\" height=\"20\"");
        Line($"""  <rect class="{Kind(bar.Pane)}" {box} rx="{Math.Min(4, width / 2):0.#}"/>""");
        double needed = bar.Text.Length * LetterWidth;
        (double x, string anchor) = needed + 8 < width ? ((left + right) / 2, "middle")
            : right + needed + 8 < Width ? (right + 6, "start")
            : (left - 6, "end");
        string text = SecurityElement.Escape(bar.Text);
        Line($"""  <text class="small" x="{x}" y="{y + 14}" text-anchor="{anchor}">{text}</text>""");
    }

    // A line to where time has come, and beside it the name.
    private void DrawMark(Mark mark, double y)
    {
        double x = mark.At is { } at ? X(at) : Left;
        if (mark.At is not null)
        {
            Line($"""  <path class="mark" d="M{Left} {y + 10}H{x}"/>""");
            Line($"""  <path class="tick" d="M{x} {y + 3}v14"/>""");
        }

        Line($"""  <text class="marktext" x="{x + 5}" y="{y + 14}">{mark.Text}</text>""");
    }

    private static int Height(Row row) => row is Bar ? BarRow : MarkRow;

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
