using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Tests.Operators;

/// <summary>
/// Drives an operator as a subtask does: never past a refusal, always resumed until there is room again.
/// </summary>
internal sealed class Bench(bool goesOn = true, int batchSize = 4)
{
    private const int ResumeLimit = 100_000;

    public RecordedErrors Errors { get; } = new(goesOn);

    /// <summary>How often an operator had to be resumed.</summary>
    public int Resumes { get; private set; }

    public SubtaskClock Clock { get; } = new();

    public OperatorContext Context(string name = "step", SubtaskState? state = null, StateSpace? space = null) =>
        new(name, 0, Clock, Errors) { BatchSize = batchSize, HashSeed = 1, State = state, Space = space };

    public void Push<T>(Receiver<Batch<T>> head, IEnumerable<(long Timestamp, T Value)> records, int split = 0)
    {
        var pool = new BatchPool<T>(batchSize);
        foreach ((long Timestamp, T Value)[] chunk in records.Chunk(batchSize))
        {
            Batch<T> batch = pool.Rent();
            batch.Split = split;
            foreach ((long timestamp, T value) in chunk)
            {
                batch.Add(timestamp, value);
            }

            Settle(head, head.OnBatch(batch));
        }
    }

    public void Push<T>(Receiver<Batch<T>> head, params IEnumerable<T> values) =>
        Push(head, values.Select(static (value, i) => ((long)i, value)));

    public void Push<T>(Receiver<Batch<T>> head, Signal signal) => Settle(head, head.OnSignal(signal));

    private void Settle<T>(Receiver<Batch<T>> head, bool takesMore)
    {
        for (int tries = 0; !takesMore; tries++)
        {
            Assert.True(tries < ResumeLimit, "an operator that is resumed comes to its end");
            Resumes++;
            takesMore = head.Resume();
        }
    }
}
