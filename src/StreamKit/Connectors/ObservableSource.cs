using System.Globalization;
using System.Threading.Channels;

namespace StreamKit.Connectors;

/// <summary>An observable as a source with one split; what it pushes waits in a bounded buffer.</summary>
internal sealed class ObservableSource<T>(IObservable<T> observable, int capacity, WhenFull whenFull) : ISource<T>
{
    public Replayability Replayability => Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<T>>)[new Reader(observable, capacity, whenFull, context)]);

    private sealed class Reader : LiveReader<T>, IObserver<T>
    {
        private readonly Channel<T> _waiting;
        private readonly ChannelSource<T>.Reader _reader;
        private readonly IDisposable _subscription;
        private readonly int _capacity;

        public Reader(IObservable<T> observable, int capacity, WhenFull whenFull, SourceContext<T> context)
            : base("observable")
        {
            _capacity = capacity;
            var options = new BoundedChannelOptions(capacity)
            {
                SingleReader = true,
                FullMode = whenFull switch
                {
                    WhenFull.DropOldest => BoundedChannelFullMode.DropOldest,
                    WhenFull.DropNewest => BoundedChannelFullMode.DropWrite,
                    _ => BoundedChannelFullMode.Wait,
                },
            };
            _waiting = Channel.CreateBounded<T>(options, _ => context.CountDropped());
            _reader = new ChannelSource<T>.Reader(_waiting.Reader);
            _subscription = observable.Subscribe(this);
        }

        public override ValueTask DisposeAsync()
        {
            _subscription.Dispose();
            return ValueTask.CompletedTask;
        }

        public override ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken) =>
            _reader.ReadAsync(buffer, cancellationToken);

        public void OnNext(T value)
        {
            if (!_waiting.Writer.TryWrite(value))
            {
                string capacity = _capacity.ToString(CultureInfo.InvariantCulture);
                _waiting.Writer.TryComplete(new InvalidOperationException(
                    $"An observable pushed faster than the pipeline takes, and {capacity} records wait already: "
                    + "give it a larger buffer, or say with WhenFull which records may be dropped."));
            }
        }

        public void OnError(Exception error) => _waiting.Writer.TryComplete(error);

        public void OnCompleted() => _waiting.Writer.TryComplete();
    }
}
