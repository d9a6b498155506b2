using StackExchange.Redis;

namespace StreamKit.RedisLoad;

/// <summary>What a program does that pipelines by itself: batches of 1,024, four on their way.</summary>
internal sealed class Bare(IDatabase database, int count)
{
    private const int OnTheirWay = 4;

    public Task HashesByKeyAsync() => InBatchesAsync((batch, from, to) =>
    {
        var answers = new List<Task>();
        while (from < to)
        {
            string key = $"counts:{Load.WindowOf(from).StartTime}";
            int end = from;
            while (end < to && Load.WindowOf(end) == Load.WindowOf(from))
            {
                end++;
            }

            var fields = new HashEntry[end - from];
            for (int i = from; i < end; i++)
            {
                fields[i - from] = new HashEntry(Load.KeyOf(i), i);
            }

            answers.Add(batch.HashSetAsync(key, fields));
            from = end;
        }

        return answers;
    });

    public Task HashesByCommandAsync() => InBatchesAsync((batch, from, to) =>
    {
        string key = $"counts:{Load.WindowOf(from).StartTime}";
        return Each(from, to, i => batch.HashSetAsync(key, Load.KeyOf(i), i));
    });

    public Task StreamAsync() => InBatchesAsync(
        (batch, from, to) => Each(from, to, i => batch.StreamAddAsync("stream", Load.EntryOf(i))));

    public Task TotalsAsync() => InBatchesAsync(
        (batch, from, to) => Each(from, to, i => batch.HashIncrementAsync("totals", Load.KeyOf(i), i)));

    private static List<Task> Each(int from, int to, Func<int, Task> send)
    {
        var answers = new List<Task>(to - from);
        for (int i = from; i < to; i++)
        {
            answers.Add(send(i));
        }

        return answers;
    }

    private async Task InBatchesAsync(Func<IBatch, int, int, List<Task>> send)
    {
        var onTheirWay = new Queue<Task>();
        for (int from = 0; from < count; from += Load.Batch)
        {
            if (onTheirWay.Count == OnTheirWay)
            {
                await onTheirWay.Dequeue();
            }

            IBatch batch = database.CreateBatch();
            List<Task> answers = send(batch, from, Math.Min(from + Load.Batch, count));
            batch.Execute();
            onTheirWay.Enqueue(Task.WhenAll(answers));
        }

        await Task.WhenAll(onTheirWay);
    }
}
