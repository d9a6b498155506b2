using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The user's word that results which replace each other may be written one after the other.</summary>
internal sealed class AppendNode<T> : RecordsNode<T>, IConsumer<Batch<T>>
{
    public AppendNode(StreamNode<Batch<T>> input)
        : base("append", input) => input.Connect(this);

    public override WindowOptions? Results => null;

    public Receiver<Batch<T>> Open(Wiring wiring) => Downstream(wiring);
}
