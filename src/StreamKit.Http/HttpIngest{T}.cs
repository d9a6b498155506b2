using System.Text.Json;
using StreamKit.Connectors;
using StreamKit.Http.Ingest;

namespace StreamKit.Http;

/// <summary>A source that HTTP requests fill; made by <see cref="HttpIngest"/>.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// <para>
/// Requests put records into one bounded queue, and one job at a time reads it: another that opens the source meanwhile
/// fails. The queue belongs to the ingest, so what was accepted and not read when a job fails is read by the next one
/// in the same process. A job that is drained reads all of it before it ends.
/// </para>
/// <para>
/// A record that was accepted is in the memory of this process and nowhere else: it cannot be read again
/// (<see cref="Replayability.None"/>). All members may be called by any thread.
/// </para>
/// </remarks>
public sealed class HttpIngest<T> : ISource<T>
{
    private readonly ByteBudget _budget;
    private readonly IngestQueue<T> _queue;
    private IngestSession? _session;

    internal HttpIngest(HttpRecordParser<T> parser, JsonReaderOptions json, HttpIngestOptions options)
    {
        _budget = new ByteBudget(options.MaxHeldBytes);
        _queue = new IngestQueue<T>(options.QueueCapacity, _budget);
        Endpoint = new IngestEndpoint<T>(this, _queue, _budget, new BodyParser<T>(parser, json, options), options);
    }

    /// <inheritdoc/>
    public Replayability Replayability => Replayability.None;

    /// <summary>How many records are in the queue.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Whether a job reads, so that requests are accepted while there is room.</summary>
    public bool IsReading => _queue.IsOpen;

    internal IngestEndpoint<T> Endpoint { get; }

    /// <summary>The job that reads; null where there is none.</summary>
    internal IngestSession? Session => Volatile.Read(ref _session);

    /// <summary>Puts records into the queue, all or none; for endpoints of one's own.</summary>
    /// <param name="records">The records; at most as many as the queue holds, or they never fit.</param>
    /// <returns>Whether they are in the queue.</returns>
    public HttpOffer Offer(params ReadOnlySpan<T> records)
    {
        HttpOffer offer = _queue.Offer(records);
        if (offer == HttpOffer.Accepted)
        {
            HttpInstruments.Accepted(Session, records.Length);
        }

        return offer;
    }

    /// <summary>
    /// Accepts nothing more, for good: requests are answered with 503, and the source ends when what waits is read.
    /// </summary>
    public void Complete() => _queue.Complete();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Another job reads from the ingest.</exception>
    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var session = new IngestSession(context.Name, context.Clock);
        if (Interlocked.CompareExchange(ref _session, session, null) is { } other)
        {
            throw new InvalidOperationException(
                $"'{context.Name}' reads from an HTTP ingest that a job reads already, as '{other.Source}': each "
                + "record goes to one job, so make an ingest for each of them, or one stream with several outputs.");
        }

        HttpInstruments.Watch(session, () => Waiting);
        _queue.Open();
        return new([new IngestReader<T>(_queue, context, () => End(session), cancellationToken)]);
    }

    private void End(IngestSession session)
    {
        if (Session == session)
        {
            _queue.Close();
            HttpInstruments.Forget(session);
            Volatile.Write(ref _session, null);
        }
    }
}
