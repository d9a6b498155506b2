using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamKit.Workloads.Measuring;

/// <summary>One line of JSON per measurement, for programs.</summary>
internal sealed class JsonReport(TextWriter output) : IReport
{
    public void Add(Measurement measurement)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("workload", measurement.Workload);
            json.WriteString("engine", measurement.Engine);
            json.WriteNumber("events", measurement.Events);
            json.WriteNumber("million_events_per_second", Math.Round(measurement.MillionEventsPerSecond, 4));
            json.WriteNumber("ratio_to_floor", Math.Round(measurement.RatioToFloor, 5));
            json.WriteNumber("bytes_per_event", Math.Round(measurement.BytesPerEvent, 4));
            json.WriteString("checksum", measurement.Checksum.Value.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteNumber("rows", measurement.Checksum.Rows);
            json.WriteBoolean("checksum_equals_floor", measurement.ChecksumEqualsFloor);
            json.WriteNumber("repetitions", measurement.Repetitions);
            json.WriteNumber("lanes", measurement.Options.Lanes);
            json.WriteNumber("batch", measurement.Options.Batch);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
        output.Flush();
    }
}
