using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Graph;

/// <summary>The exchange by key: from here on the lanes work, each on its key groups.</summary>
internal sealed class KeyByNode<T, TKey>
    : StreamNode<KeyedBatch<TKey, T>>, IConsumer<Batch<T>>, IStage<KeyedBatch<TKey, T>>
{
    private readonly Func<T, TKey> _selector;
    private readonly bool _inPlace;

    /// <param name="input">What is parted.</param>
    /// <param name="selector">The key of a record.</param>
    /// <param name="inPlace">
    /// Whether records stay in the subtask that they are in: there is one key only, they are on their key's lane
    /// already, or they are aggregated there before they are sent.
    /// </param>
    public KeyByNode(StreamNode<Batch<T>> input, Func<T, TKey> selector, bool inPlace)
        : base(typeof(TKey) == typeof(Unit) ? "all" : "key-by", input)
    {
        (_selector, _inPlace) = (selector, inPlace);
        input.Connect(this);
    }

    public override bool IsParallel => !_inPlace || Inputs[0].IsParallel;

    public override bool IsExchange => !_inPlace;

    public Receiver<Batch<T>> Open(Wiring wiring) => new KeyByOperator<TKey, T>(
        _selector,
        _inPlace ? [Downstream(wiring)] : wiring.OpenEdges(this),
        wiring.ContextOf(this));

    public Receiver<KeyedBatch<TKey, T>> OpenSubtask(Wiring wiring) => Downstream(wiring);

    public override Receiver<KeyedBatch<TKey, T>> Downstream(Wiring wiring) => Consumers.Single().Open(wiring);
}
