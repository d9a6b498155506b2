using StreamKit.Connectors;

namespace StreamKit.Twitter.Tests;

/// <summary>Runs a replay through a real job.</summary>
internal static class ReplayJob
{
    internal static async Task<List<T>> RunAsync<T>(
        ISource<T> source,
        ErrorPolicy? onError = null,
        int batchSize = 1024)
    {
        List<T> records = [];
        var builder = StreamBuilder.Create("t");
        builder.From(source, "tweets").ForEach(records.Add);
        await using StreamJob job = builder.Build().Start(
            new JobOptions { OnError = onError ?? ErrorPolicy.Fail, BatchSize = batchSize });
        await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        return records;
    }

    internal static async Task<long[]> IdsAsync(
        string path,
        ErrorPolicy? onError = null,
        ReplayOptions? options = null,
        int batchSize = 1024) =>
        [.. (await RunAsync(TwitterSource.Replay(path, options: options), onError, batchSize)).Select(post => post.Id)];

    /// <summary>Runs with dead letters, and gives what was delivered and what was not.</summary>
    internal static async Task<(long[] Ids, List<DeadLetter> Dead)> SalvageAsync(
        string path,
        ReplayOptions? options = null,
        int batchSize = 1024)
    {
        List<DeadLetter> dead = [];
        var policy = ErrorPolicy.DeadLetter(Sinks.ForEach<DeadLetter>((letter, _) =>
        {
            dead.Add(letter);
            return ValueTask.CompletedTask;
        }));
        return (await IdsAsync(path, policy, options, batchSize), dead);
    }
}
