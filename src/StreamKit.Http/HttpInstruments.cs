using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using StreamKit.Http.Ingest;

namespace StreamKit.Http;

/// <summary>What ingests and outputs count; the tags <c>source</c> and <c>sink</c> name the step of the job.</summary>
internal static class HttpInstruments
{
    private static readonly Meter s_meter = new("StreamKit.Http");
    private static readonly ConcurrentDictionary<IngestSession, Func<int>> s_waiting = new();

    private static readonly Counter<long> s_requests = s_meter.CreateCounter<long>(
        "streamkit.http.ingest.requests", "{request}", "Requests answered, by outcome");

    private static readonly Counter<long> s_records = s_meter.CreateCounter<long>(
        "streamkit.http.ingest.records", "{record}", "Records accepted");

    private static readonly Counter<long> s_malformed = s_meter.CreateCounter<long>(
        "streamkit.http.ingest.malformed_records", "{record}", "What was no record");

    private static readonly UpDownCounter<long> s_clients = s_meter.CreateUpDownCounter<long>(
        "streamkit.http.output.clients", "{client}", "Clients that listen");

    private static readonly Counter<long> s_frames = s_meter.CreateCounter<long>(
        "streamkit.http.output.frames", "{frame}", "Frames published, however many clients listen");

    private static readonly Counter<long> s_droppedFrames = s_meter.CreateCounter<long>(
        "streamkit.http.output.dropped_frames", "{frame}", "Frames that a client was too slow for");

    private static readonly Counter<long> s_droppedRecords = s_meter.CreateCounter<long>(
        "streamkit.http.output.dropped_records", "{record}", "Records for which a frame had no room");

    static HttpInstruments() => s_meter.CreateObservableGauge(
        "streamkit.http.ingest.waiting",
        static () => s_waiting.Select(each => new Measurement<long>(each.Value(), Source(each.Key))),
        "{record}",
        "Records that wait for the pipeline");

    public static void Watch(IngestSession session, Func<int> waiting) => s_waiting[session] = waiting;

    public static void Forget(IngestSession session) => s_waiting.TryRemove(session, out _);

    public static void Accepted(IngestSession? session, int records) => s_records.Add(records, Source(session));

    public static void Malformed(IngestSession? session, int records) => s_malformed.Add(records, Source(session));

    public static void Answered(IngestSession? session, string outcome) =>
        s_requests.Add(1, Source(session), new KeyValuePair<string, object?>("outcome", outcome));

    public static void Connected(string sink) => s_clients.Add(1, Sink(sink));

    public static void Disconnected(string sink) => s_clients.Add(-1, Sink(sink));

    public static void Published(string sink) => s_frames.Add(1, Sink(sink));

    public static void DroppedFrames(string sink, long frames) => s_droppedFrames.Add(frames, Sink(sink));

    public static void DroppedRecords(string sink, long records) => s_droppedRecords.Add(records, Sink(sink));

    // While no job reads, there is no name.
    private static KeyValuePair<string, object?> Source(IngestSession? session) =>
        new("source", session?.Source ?? string.Empty);

    private static KeyValuePair<string, object?> Sink(string sink) => new("sink", sink);
}
