namespace StreamKit.Connectors;

/// <summary>Keeps the newest record, for code in the same process to look at whenever it likes.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// Any thread may read. A retraction is a record like any other here. A view is no part of a checkpoint: in a new
/// process it is empty until a record comes. A job that is started again in the same process goes on with the view as
/// it is, and the records that it works on once more count once more.
/// </remarks>
public sealed class View<T> : ISink<T>
{
    private volatile Holder? _latest;

    /// <inheritdoc/>
    public SinkMode Mode => SinkMode.Upsert;

    /// <summary>How many records have come.</summary>
    public long Count => _latest?.Count ?? 0;

    /// <summary>The newest record; false while none has come.</summary>
    /// <param name="latest">The record.</param>
    public bool TryGet([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T latest)
    {
        Holder? holder = _latest;
        latest = holder is null ? default : holder.Record;
        return holder is not null;
    }

    /// <inheritdoc/>
    public ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken) =>
        new(new Writer(this));

    private sealed record Holder(T Record, long Count);

    private sealed class Writer(View<T> view) : ISinkWriter<T>
    {
        public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
        {
            if (records.Count > 0)
            {
                view._latest = new Holder(records.Values.Span[^1], view.Count + records.Count);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
