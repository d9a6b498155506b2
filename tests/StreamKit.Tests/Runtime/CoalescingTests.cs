namespace StreamKit.Tests.Runtime;

/// <summary>Small batches for one sink, where another sink does not take more.</summary>
public class CoalescingTests
{
    // The source always has more to read, so nothing but the wait for the slow sink makes the lane hand over.
    [Fact]
    public async Task AStuckSinkKeepsNothingBackFromAnother()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stuck = new ScriptedSink<int> { OnWrite = token => gate.Task.WaitAsync(token) };
        var other = new ScriptedSink<int>();
        StreamBuilder builder = StreamBuilder.Create("stuck");
        DataStream<int> numbers = builder.From(Enumerable.Range(0, 10_000));
        numbers.To(stuck, "stuck");
        numbers.Where(static n => n == 0).To(other, "other");
        await using StreamJob job = builder.Build().Start(new JobOptions { BatchSize = 4, ChannelCapacity = 1 });
        await Eventually.TrueAsync(() => other.Records.Count == 1, "the first number has come to the other sink");
        Assert.Empty(stuck.Records);
        gate.SetResult();
        await Eventually.WithinLimitAsync(job.Completion);
        Assert.Equal(10_000, stuck.Records.Count);
    }
}
