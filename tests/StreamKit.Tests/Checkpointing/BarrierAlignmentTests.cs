using FsCheck.Xunit;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>Which inputs wait for the barriers of others, and when all have come.</summary>
public class BarrierAlignmentTests
{
    [Fact]
    public void ASingleInputNeverWaits()
    {
        BarrierAlignment alignment = Of(1);

        Assert.True(alignment.OnBarrier(0, 1));
        Assert.True(alignment.OnBarrier(0, 2));
        Assert.False(alignment.IsHeld(0));
        Assert.False(alignment.IsAligning);
    }

    [Fact]
    public void AnInputIsHeldFromItsBarrierUntilThatOfTheLast()
    {
        BarrierAlignment alignment = Of(3);

        Assert.False(alignment.OnBarrier(1, 5));
        Assert.Equal([false, true, false], Held(alignment, 3));
        Assert.True(alignment.IsAligning);
        Assert.False(alignment.OnBarrier(0, 5));
        Assert.Equal([true, true, false], Held(alignment, 3));
        Assert.True(alignment.OnBarrier(2, 5));
        Assert.Equal([false, false, false], Held(alignment, 3));
        Assert.Equal(5, alignment.Checkpoint);
    }

    [Fact]
    public void AnInputThatHasEndedIsNotWaitedFor()
    {
        BarrierAlignment alignment = Of(3);

        Assert.False(alignment.OnEnd(0));
        Assert.False(alignment.OnBarrier(1, 1));
        Assert.True(alignment.OnEnd(2), "the others waited for it only");
        Assert.False(alignment.IsHeld(1));
        Assert.True(alignment.OnBarrier(1, 2), "nobody else is left");
    }

    [Fact]
    public void TheLastEndWithoutABarrierIsNoCheckpoint()
    {
        BarrierAlignment alignment = Of(2);

        Assert.False(alignment.OnEnd(0));
        Assert.False(alignment.OnEnd(1));
    }

    [Fact]
    public void ALaterBarrierSaysThatTheOneBeforeWasGivenUp()
    {
        BarrierAlignment alignment = Of(3);

        Assert.False(alignment.OnBarrier(0, 1));
        Assert.False(alignment.OnBarrier(1, 2));
        Assert.Equal([false, true, false], Held(alignment, 3));
        Assert.False(alignment.OnBarrier(2, 1), "given up already");
        Assert.False(alignment.IsHeld(2));
        Assert.False(alignment.OnBarrier(0, 2));
        Assert.True(alignment.OnBarrier(2, 2));
    }

    [Fact]
    public void ABarrierThatComesAfterItsCheckpointWasTakenIsOfNoMeaning()
    {
        BarrierAlignment alignment = Of(2);
        alignment.OnEnd(0);

        Assert.True(alignment.OnBarrier(1, 3));
        Assert.False(alignment.OnBarrier(1, 3));
        Assert.False(alignment.IsHeld(1));
        Assert.False(alignment.IsAligning);
    }

    [Fact]
    public void WhereInputsDoNotWaitNoneIsHeld()
    {
        var alignment = new BarrierAlignment(holds: false);
        alignment.AddInput();
        alignment.AddInput();

        Assert.False(alignment.OnBarrier(0, 1));
        Assert.False(alignment.IsHeld(0));
        Assert.True(alignment.OnBarrier(1, 1));
    }

    [Fact]
    public void WhereInputsDoNotWaitTheEndOfOneWhoseBarrierHasComeChangesNothing()
    {
        var alignment = new BarrierAlignment(holds: false);
        alignment.AddInput();
        alignment.AddInput();

        Assert.False(alignment.OnBarrier(0, 1));
        Assert.False(alignment.OnEnd(0));
        Assert.True(alignment.OnBarrier(1, 1));
    }

    /// <summary>
    /// Whatever the order in which the inputs are read, every checkpoint whose barriers all senders send is taken once,
    /// in its order, when exactly the records before its barriers have been taken; however early inputs end.
    /// </summary>
    [Property(MaxTest = 500)]
    public void EveryInterleavingSavesTheWorkOnExactlyTheRecordsBeforeTheBarriers(int seed)
    {
        var random = new Random(seed);
        int inputs = random.Next(1, 5);
        const int last = 6;

        // Each input sends records, and the barriers 1, 2, 3 ... as far as it lives; at least one lives to the last.
        Queue<Sent>[] sent = [.. Enumerable.Range(0, inputs).Select(
            input => Write(random, input == 0 ? last : random.Next(last + 1)))];
        int[][] before = [.. sent.Select(static queue => RecordsBefore(queue, last))];
        BarrierAlignment alignment = Of(inputs);
        int[] taken = new int[inputs];
        var saved = new List<long>();
        while (sent.Any(static queue => queue.Count > 0))
        {
            int[] open = [.. Enumerable.Range(0, inputs).Where(
                input => sent[input].Count > 0 && !alignment.IsHeld(input))];
            Assert.NotEmpty(open);
            int input = open[random.Next(open.Length)];
            bool isComplete = false;
            switch (sent[input].Dequeue())
            {
                case { Barrier: { } barrier }:
                    isComplete = alignment.OnBarrier(input, barrier);
                    break;
                case { IsEnd: true }:
                    isComplete = alignment.OnEnd(input);
                    break;
                default:
                    taken[input]++;
                    break;
            }

            if (isComplete)
            {
                saved.Add(alignment.Checkpoint);
                Assert.Equal(before.Select(records => records[alignment.Checkpoint - 1]), taken);
            }
        }

        Assert.Equal(Enumerable.Range(1, last).Select(static id => (long)id), saved);
    }

    /// <summary>
    /// Where some senders skip a checkpoint, because it was given up, the next one is taken all the same.
    /// </summary>
    [Property(MaxTest = 500)]
    public void ACheckpointThatWasGivenUpHoldsNobodyForEver(int seed)
    {
        var random = new Random(seed);
        int inputs = random.Next(2, 5);
        Queue<long>[] sent = [.. Enumerable.Range(0, inputs).Select(_ => new Queue<long>(
            Enumerable.Range(1, 8).Select(static id => (long)id).Where(id => id == 8 || random.Next(3) > 0)))];
        BarrierAlignment alignment = Of(inputs);
        long lastSaved = 0;
        while (sent.Any(static queue => queue.Count > 0))
        {
            int[] open = [.. Enumerable.Range(0, inputs).Where(
                input => sent[input].Count > 0 && !alignment.IsHeld(input))];
            Assert.NotEmpty(open);
            int input = open[random.Next(open.Length)];
            if (alignment.OnBarrier(input, sent[input].Dequeue()))
            {
                Assert.True(alignment.Checkpoint > lastSaved, "none is taken twice, or after a later one");
                lastSaved = alignment.Checkpoint;
            }
        }

        Assert.Equal(8, lastSaved);
    }

    private static BarrierAlignment Of(int inputs)
    {
        var alignment = new BarrierAlignment();
        for (int i = 0; i < inputs; i++)
        {
            alignment.AddInput();
        }

        return alignment;
    }

    private static IEnumerable<bool> Held(BarrierAlignment alignment, int inputs) =>
        Enumerable.Range(0, inputs).Select(alignment.IsHeld);

    private static Queue<Sent> Write(Random random, int barriers)
    {
        var sent = new Queue<Sent>();
        for (int barrier = 1; barrier <= barriers + 1; barrier++)
        {
            for (int records = random.Next(4); records > 0; records--)
            {
                sent.Enqueue(new Sent(null, false));
            }

            sent.Enqueue(barrier <= barriers ? new Sent(barrier, false) : new Sent(null, true));
        }

        return sent;
    }

    // How many records come before each barrier; all of them, where the input ends before.
    private static int[] RecordsBefore(Queue<Sent> sent, int barriers)
    {
        int[] before = new int[barriers];
        Array.Fill(before, sent.Count(static each => each is { Barrier: null, IsEnd: false }));
        int records = 0;
        foreach (Sent each in sent)
        {
            if (each.Barrier is { } barrier)
            {
                before[barrier - 1] = records;
            }
            else
            {
                records++;
            }
        }

        return before;
    }

    private readonly record struct Sent(long? Barrier, bool IsEnd);
}
