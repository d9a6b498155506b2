using StreamKit.Twitter.Simulator.Rules;

namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>What was published of late, for back-fill, and who is to have what comes.</summary>
internal sealed class PostLog(TimeProvider clock)
{
    // A little more than can be asked for.
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(6);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, PostWords Words)> _posts = new();
    private readonly List<ClientStream> _clients = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    internal int Open
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count;
            }
        }
    }

    internal void Publish(SimulatedPost post)
    {
        var words = new PostWords(post);
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            _posts.Enqueue((now, words));
            while (_posts.Peek().At < now - s_kept)
            {
                _posts.Dequeue();
            }

            foreach (ClientStream client in _clients)
            {
                if (client.FrameOf(words) is { } frame)
                {
                    client.Send(frame);
                }
            }
        }
    }

    internal void SendAll(StreamFrame frame)
    {
        lock (_lock)
        {
            foreach (ClientStream client in _clients)
            {
                client.Send(frame);
            }
        }
    }

    /// <summary>Adds a client with what it asked to have again, unless there are too many.</summary>
    internal bool TryAdd(ClientStream client, int backfillMinutes, int most)
    {
        lock (_lock)
        {
            if (_clients.Count >= most)
            {
                return false;
            }

            DateTimeOffset since = clock.GetUtcNow() - TimeSpan.FromMinutes(backfillMinutes);
            if (backfillMinutes > 0)
            {
                client.First.AddRange(_posts.Where(post => post.At >= since)
                    .Select(post => client.FrameOf(post.Words))
                    .OfType<StreamFrame>());
            }

            _clients.Add(client);
            Tell();
            return true;
        }
    }

    internal void Remove(ClientStream client)
    {
        lock (_lock)
        {
            _clients.Remove(client);
            Tell();
        }
    }

    /// <summary>Completes as soon as so many clients are there.</summary>
    internal Task OpenAsync(int count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            Tell();
            return reached.Task;
        }
    }

    private void Tell() => _waiting.RemoveAll(w => w.Count == _clients.Count && w.Reached.TrySetResult());
}
