using StreamKit.Connectors;
using StreamKit.Time;
using StreamKit.Windowing;

namespace WebAnalytics.Report;

/// <summary>Prints a line for each hour as soon as event time has passed it, and a summary in the end.</summary>
/// <remarks>What a watermark brings comes before the watermark, so an hour that it passes is complete.</remarks>
internal sealed class LiveReport(TextWriter output, TimeZoneInfo zone) : ISink<Landed>
{
    private readonly TextWriter _output = output;
    private readonly TimeZoneInfo _zone = zone;
    private readonly Summary _summary = new(zone);

    public SinkMode Mode => SinkMode.Upsert;

    public async ValueTask<ISinkWriter<Landed>> OpenAsync(SinkContext context, CancellationToken cancellationToken)
    {
        await _output.WriteLineAsync(HourLine.Heading.AsMemory(), cancellationToken);
        return new Writer(this);
    }

    /// <summary>Prints what the whole stream came to.</summary>
    public void PrintSummary(long badLines) => _output.WriteLine(_summary.Format(badLines));

    private sealed class Writer(LiveReport report) : ISinkWriter<Landed>
    {
        private readonly SortedDictionary<DateTimeOffset, HourLine> _open = [];
        private long _most;

        public ValueTask WriteAsync(SinkBatch<Landed> records, CancellationToken cancellationToken)
        {
            foreach (Landed landed in records.Values.Span)
            {
                report._summary.Add(landed);
                Take(landed);
            }

            return ValueTask.CompletedTask;
        }

        public async ValueTask OnWatermarkAsync(Timestamp watermark, CancellationToken cancellationToken)
        {
            while (_open.Count > 0)
            {
                (DateTimeOffset start, HourLine hour) = _open.First();
                if (Timestamp.FromDateTimeOffset(start.AddHours(1)) > watermark)
                {
                    break;
                }

                _open.Remove(start);
                if (hour.HasContent)
                {
                    await report._output.WriteLineAsync(hour.Format(report._zone, _most).AsMemory(), cancellationToken);
                }
            }
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken) =>
            await report._output.FlushAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Take(Landed landed)
        {
            switch (landed)
            {
                // A correction of an hour that was printed is told by the summary.
                case Landed.FiveMinutes { Result: { Pane.Timing: not PaneTiming.Late } five }:
                    _most = Math.Max(_most, five.Value.Requests);
                    HourOf(five.Window).Set(five.Window.Start, five.Value);
                    break;
                case Landed.HalfHour { Result: var half }:
                    HourOf(half.Window).Active = half.Value;
                    break;
                case Landed.OneVisit { Result: var visit }:
                    HourLine ended = HourOf(visit.Window);
                    ended.Visits++;
                    ended.Longest = visit.Value.Duration > ended.Longest ? visit.Value.Duration : ended.Longest;
                    break;
                case Landed.Ranking { Result: var ranking }:
                    HourOf(ranking.Window).TopPages =
                        string.Join(", ", ranking.Items.Take(3).Select(page => $"{page.Key} {page.Value}"));
                    break;
                case Landed.Day { Result: { Pane.Timing: PaneTiming.Early } day } when _open.Count > 0:
                    _open.First().Value.SoFar = day.Value;
                    break;
                case Landed.TooLate when _open.Count > 0:
                    _open.First().Value.TooLate++;
                    break;
            }
        }

        // The hour in which a window landed: that of its last instant.
        private HourLine HourOf(Window window)
        {
            DateTimeOffset start = Window.Aligned(window.MaxTimestamp, TimeSpan.FromHours(1)).Start;
            if (!_open.TryGetValue(start, out HourLine? hour))
            {
                _open[start] = hour = new HourLine(start);
            }

            return hour;
        }
    }
}
