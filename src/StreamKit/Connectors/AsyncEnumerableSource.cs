namespace StreamKit.Connectors;

/// <summary>An asynchronous sequence as a source with one split.</summary>
internal sealed class AsyncEnumerableSource<T>(IAsyncEnumerable<T> records) : ISource<T>
{
    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(SourceContext<T> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<T>>)[new Reader(records, cancellationToken)]);

    private sealed class Reader(IAsyncEnumerable<T> records, CancellationToken stop) : LiveReader<T>("sequence")
    {
        private readonly IAsyncEnumerator<T> _records = records.GetAsyncEnumerator(stop);
        private Task<bool>? _next;

        public override async ValueTask DisposeAsync()
        {
            if (_next is { } next)
            {
                // An enumerator must not be disposed while it moves; it was told to stop.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
    }
}
