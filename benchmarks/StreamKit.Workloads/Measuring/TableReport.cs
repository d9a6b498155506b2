using System.Globalization;

namespace StreamKit.Workloads.Measuring;

/// <summary>A table for people: a row for the floor, then one for the engine that ran beside it.</summary>
internal sealed class TableReport(TextWriter output) : IReport
{
    private bool _headed;

    public void Add(Measurement measurement)
    {
        if (!_headed)
        {
            _headed = true;
            Write("workload", "engine", "events", "M events/s", "ratio", "B/event", "checksum");
        }

        string events = measurement.Events.ToString("N0", CultureInfo.InvariantCulture);
        Write(measurement.Workload, "floor", events, Speed(measurement.FloorMillionEventsPerSecond), "1.00", "", "");
        Write(
            measurement.Workload,
            measurement.Engine,
            events,
            Speed(measurement.MillionEventsPerSecond),
            measurement.RatioToFloor.ToString("0.000", CultureInfo.InvariantCulture),
            measurement.BytesPerEvent.ToString("0.00", CultureInfo.InvariantCulture),
            measurement.ChecksumEqualsFloor ? "ok" : $"WRONG {measurement.Checksum}");
    }

    private static string Speed(double millionEventsPerSecond) =>
        millionEventsPerSecond.ToString("0.0", CultureInfo.InvariantCulture);

    private void Write(params ReadOnlySpan<string> cells)
    {
        string who = $"{cells[0],-8}  {cells[1],-16}  {cells[2],11}";
        output.WriteLine($"{who}  {cells[3],10}  {cells[4],6}  {cells[5],9}  {cells[6]}".TrimEnd());
        output.Flush();
    }
}
