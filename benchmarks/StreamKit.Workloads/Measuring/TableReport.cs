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
            Write("workload", "engine", "M events/s", "ratio", "B/event", "checksum");
        }

        Write(measurement.Workload, "floor", Speed(measurement.FloorMillionEventsPerSecond), "1.00", "", "");
        Write(
            measurement.Workload,
            measurement.Engine,
            Speed(measurement.MillionEventsPerSecond),
            measurement.RatioToFloor.ToString("0.00", CultureInfo.InvariantCulture),
            measurement.BytesPerEvent.ToString("0.00", CultureInfo.InvariantCulture),
            measurement.ChecksumEqualsFloor ? "ok" : $"WRONG {measurement.Checksum}");
    }

    private static string Speed(double millionEventsPerSecond) =>
        millionEventsPerSecond.ToString("0.0", CultureInfo.InvariantCulture);

    private void Write(string workload, string engine, string speed, string ratio, string bytes, string checksum)
    {
        output.WriteLine($"{workload,-8}  {engine,-16}  {speed,10}  {ratio,6}  {bytes,9}  {checksum}".TrimEnd());
        output.Flush();
    }
}
