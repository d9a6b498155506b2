using StreamKit.Graph;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Testing.Tests;

/// <summary>A step that is wrong on purpose: it hands everything on twice and does not listen to the answer.</summary>
internal sealed class DeafNode : RecordsNode<int>, IConsumer<Batch<int>>
{
    public DeafNode(StreamNode<Batch<int>> input)
        : base("deaf", input) => input.Connect(this);

    public Receiver<Batch<int>> Open(Wiring wiring) => new Deaf(Downstream(wiring));

    private sealed class Deaf(Receiver<Batch<int>> next) : Receiver<Batch<int>>
    {
        public override bool OnBatch(Batch<int> batch)
        {
            next.OnBatch(batch.Copy());
            next.OnBatch(batch);
            return true;
        }

        public override bool OnSignal(Signal signal) => next.OnSignal(signal);

        public override bool Resume() => next.Resume();
    }
}
