using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StreamKit.Http.Output;

/// <summary>Numbers frames, keeps the latest, and gives each to all who listen.</summary>
internal sealed class FrameHub(HttpOutputOptions options)
{
    private const string SnapshotKind = "snapshot";
    private const string DroppedKind = "dropped";

    // Numbers begin anew in another process, and a client that comes from there must not be taken for one of here.
    private readonly string _epoch = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly HashSet<OutputClient> _clients = [];
    private readonly FrameHistory _history = new(options.HistoryFrames, options.HistoryBytes);
    private Func<byte[]?> _takeSnapshot = static () => null;
    private OutputFrame? _snapshot;
    private TimeProvider _clock = TimeProvider.System;
    private ITimer? _heartbeat;
    private string _sink = string.Empty;
    private long _sequence;
    private long _droppedFrames;

    /// <summary>Held by whoever publishes, so that a snapshot and the frames behind it fit together.</summary>
    public Lock Gate { get; } = new();

    public long DroppedFrames => Volatile.Read(ref _droppedFrames);

    public TimeProvider Clock => Volatile.Read(ref _clock);

    public string Sink => Volatile.Read(ref _sink);

    public int Clients
    {
        get
        {
            lock (Gate)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Says where snapshots come from; they are taken under the gate.</summary>
    public void SnapshotsFrom(Func<byte[]?> takeSnapshot) => _takeSnapshot = takeSnapshot;

    /// <summary>A job begins to write: from now on its clock is the clock.</summary>
    public void Use(string sink, TimeProvider clock)
    {
        lock (Gate)
        {
            _sink = sink;
            if (clock != _clock)
            {
                _clock = clock;
                _heartbeat?.Dispose();
                _heartbeat = null;
                BeatIfHeard();
            }
        }
    }

    /// <summary>Gives a frame to all; the gate is held.</summary>
    public void Publish(byte[] data)
    {
        var frame = new OutputFrame(++_sequence, _epoch, kind: null, data);
        _snapshot = null;
        _history.Add(frame);
        foreach (OutputClient client in _clients)
        {
            client.Offer(frame);
        }

        HttpInstruments.Published(_sink);
    }

    /// <summary>Lets a client listen from now on; null where there are too many.</summary>
    /// <param name="lastId">The id of the frame that it had last; null where it comes for the first time.</param>
    public OutputClient? Subscribe(string? lastId)
    {
        lock (Gate)
        {
            if (_clients.Count == options.MaxClients)
            {
                return null;
            }

            var client = new OutputClient(_sink, options.ClientFrames, FirstFrames(lastId), CountDropped);
            _clients.Add(client);
            BeatIfHeard();
            HttpInstruments.Connected(client.Sink);
            return client;
        }
    }

    public void Unsubscribe(OutputClient client)
    {
        lock (Gate)
        {
            _clients.Remove(client);
            if (_clients.Count == 0)
            {
                _heartbeat?.Dispose();
                _heartbeat = null;
            }
        }

        HttpInstruments.Disconnected(client.Sink);
    }

    /// <summary>What a client is told that was too slow: the newest of all keys, or how much it has missed.</summary>
    /// <param name="client">The client.</param>
    /// <param name="next">The frame that it would get now; null afterwards where it is in what it is told.</param>
    /// <param name="dropped">How many it has missed.</param>
    public OutputFrame CatchUp(OutputClient client, ref OutputFrame? next, long dropped)
    {
        lock (Gate)
        {
            if (Snapshot() is not { } snapshot)
            {
                long before = next is null || next == OutputFrame.Heartbeat ? _sequence : next.Sequence - 1;
                string text = string.Create(CultureInfo.InvariantCulture, $"{{\"frames\":{dropped}}}");
                return new OutputFrame(before, _epoch, DroppedKind, Encoding.ASCII.GetBytes(text));
            }

            next = null;
            while (client.Frames.TryRead(out _))
            {
            }

            return snapshot;
        }
    }

    private IReadOnlyList<OutputFrame> FirstFrames(string? lastId)
    {
        if (SequenceOf(lastId) is { } sequence && _history.Behind(sequence, _sequence) is { } behind)
        {
            return behind;
        }

        return Snapshot() is { } snapshot ? [snapshot]
            : lastId is not null || options.SendsHistory ? [.. _history.All]
            : [];
    }

    // Many come at a time when a page begins to be looked at, and all get the same.
    private OutputFrame? Snapshot()
    {
        if (_snapshot is null && _takeSnapshot() is { } data)
        {
            _snapshot = new OutputFrame(_sequence, _epoch, SnapshotKind, data);
        }

        return _snapshot;
    }

    private long? SequenceOf(string? id) =>
        id is not null
        && id.StartsWith(_epoch, StringComparison.Ordinal)
        && id.AsSpan(_epoch.Length) is ['-', .. var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
        && sequence <= _sequence
            ? sequence
            : null;

    private void BeatIfHeard()
    {
        if (_clients.Count > 0)
        {
            _heartbeat ??= _clock.CreateTimer(_ => Beat(), null, options.Heartbeat, options.Heartbeat);
        }
    }

    private void Beat()
    {
        lock (Gate)
        {
            foreach (OutputClient client in _clients)
            {
                client.KeepAlive();
            }
        }
    }

    private void CountDropped()
    {
        Interlocked.Increment(ref _droppedFrames);
        HttpInstruments.DroppedFrames(_sink, 1);
    }
}
