using StreamKit.Diagnostics;

namespace StreamKit.Connectors;

/// <summary>An asynchronous sequence as a source with one split.</summary>
internal sealed class AsyncEnumerableSource<T>(IAsyncEnumerable<T> records) : ISource<T>
{
    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<T>>)[new Reader(records, context, cancellationToken)]);

    private sealed class Reader(IAsyncEnumerable<T> records, SourceContext<T> context, CancellationToken stop)
        : LiveReader<T>("sequence")
    {
        // Long enough to close a connection in good order, short enough for whoever waits for the job to stop.
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

        private readonly IAsyncEnumerator<T> _records = records.GetAsyncEnumerator(stop);
        private Task<bool>? _next;

        public override async ValueTask DisposeAsync()
        {
            // An enumerator must not be disposed while it moves. It was told to stop; if it does not listen, the job
            // ends without it, and it is disposed when it comes back.
            if (_next is { IsCompleted: false } moving)
            {
                await ((Task)moving).WaitAsync(s_patience, context.Clock)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!moving.IsCompleted)
                {
                    Log.SequenceDoesNotStop(context.Logger, context.Name);
                    _ = DisposeLaterAsync(moving);
                    return;
                }
            }

            await _records.DisposeAsync().ConfigureAwait(false);
        }

        public override async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            // A sequence that does not listen to its token must not keep the job from stopping.
            if (_next is { } waiting && !await waiting.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            bool hasCurrent = _next is not null;
            _next = null;
            while (true)
            {
                if (hasCurrent)
                {
                    buffer.Add(_records.Current);
                }

                if (buffer.IsFull)
                {
                    return true;
                }

                ValueTask<bool> move = _records.MoveNextAsync();
                if (move.IsCompleted)
                {
                    hasCurrent = await move.ConfigureAwait(false);
                    if (!hasCurrent)
                    {
                        _next = Task.FromResult(false);
                        return buffer.Count > 0;
                    }

                    continue;
                }

                _next = move.AsTask();
                if (buffer.Count > 0)
                {
                    return true;
                }

                if (!await _next.WaitAsync(cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                (hasCurrent, _next) = (true, null);
            }
        }

        private async Task DisposeLaterAsync(Task moving)
        {
            await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await _records.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Log.CloseFailed(context.Logger, context.Name, exception);
            }
        }
    }
}
