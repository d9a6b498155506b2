using System.Text;
using StreamKit.Testing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>What waits for a slow pipeline.</summary>
public sealed class BackPressureTests(KafkaCluster cluster) : IClassFixture<KafkaCluster>
{
    private const int Each = 50_000;
    private const int Partitions = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A reader at one record per millisecond leaves as much time to the client as it wants: it reads what may wait and is
    // made to stop, again and again. Here the reader takes nothing before the client has been made to stop.
    [Theory, ClassData(typeof(BothPaths))]
    public async Task NoMoreThanTheBoundWaitsHoweverSlowTheReaderIs(KafkaReadPath path)
    {
        const int Bound = 600;
        string topic = Fill();
        var counted = new CountedFormat();
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(
            KafkaSource.Values(
                cluster.Connection,
                topic,
                counted,
                new KafkaSourceOptions { BufferedRecords = Bound, StopAtEnd = true, Path = path, FetchAheadKiB = 512 }),
            cancellationToken: Token);
        long taken = 0, most = 0;
        int stops = 0;
        Task<IReadOnlyList<int>>?[] reads = new Task<IReadOnlyList<int>>?[Partitions];
        List<int>[] read = [[], [], []];
        while (read.Any(static numbers => numbers.Count < Each))
        {
            // All three are asked, as the engine does, and one look at the count follows each small read.
            for (int i = 0; i < Partitions; i++)
            {
                if (read[i].Count < Each)
                {
                    IReadOnlyList<int> got = await (reads[i] ?? driver.Splits[i].ReadAsync(100, Token).AsTask());
                    reads[i] = null;
                    read[i].AddRange(got);
                    taken += got.Count;
                    most = Math.Max(most, counted.Decoded - taken);
                }
            }

            if (taken % 3_000 == 0 && taken < 30_000)
            {
                stops += await StandsStillAsync(counted) ? 1 : 0;
                most = Math.Max(most, counted.Decoded - taken);
            }
        }

        // One more for each partition may have been taken out by the reader and not been counted here yet.
        Assert.InRange(most, Bound / 2, Bound);
        Assert.True(stops > 0);
        Assert.All(read, static numbers => Assert.Equal(Enumerable.Range(0, Each), numbers));
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task APartitionThatNobodyReadsDoesNotStopTheOthers(KafkaReadPath path)
    {
        string topic = Fill();
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(
            KafkaSource.Values(
                cluster.Connection,
                topic,
                new NumberFormat(),
                new KafkaSourceOptions { BufferedRecords = 300, StopAtEnd = true, Path = path }),
            cancellationToken: Token);
        await driver.Splits[0].ReadAsync(1, Token);
        Assert.Equal(Enumerable.Range(0, Each), await driver.Splits[1].ReadAllAsync(Token));
        Assert.Equal(Enumerable.Range(1, Each - 1), await driver.Splits[0].ReadAllAsync(Token));
    }

    [Theory, ClassData(typeof(BothPaths))]
    public async Task BytesAreBoundedToo(KafkaReadPath path)
    {
        string topic = cluster.NewTopic();
        byte[] value = Encoding.UTF8.GetBytes(new string('0', 1000));
        cluster.Write(topic, 0, Enumerable.Repeat(value, 2_000));
        var counted = new CountedFormat();
        await using SourceDriver<int> driver = await SourceDriver.OpenAsync(
            KafkaSource.Values(
                cluster.Connection,
                topic,
                counted,
                new KafkaSourceOptions
                {
                    BufferedRecords = 40,
                    BufferedBytes = 20_000,
                    StopAtEnd = true,
                    Path = path,
                }),
            cancellationToken: Token);
        long taken = 0, most = 0;
        while (taken < 2_000)
        {
            taken += (await driver.Split.ReadAsync(1, Token)).Count;
            most = Math.Max(most, counted.Decoded - taken);
        }

        // A batch that was under way when the bound was reached comes on top: a quarter of the records.
        Assert.InRange(most, 1, path == KafkaReadPath.Batches ? 30 : 20);
    }

    private string Fill()
    {
        string topic = cluster.NewTopic(Partitions);
        for (int i = 0; i < Partitions; i++)
        {
            cluster.WriteNumbers(topic, i, 0, Each);
        }

        return topic;
    }

    /// <summary>Whether nothing is decoded for a while.</summary>
    private static async Task<bool> StandsStillAsync(CountedFormat counted)
    {
        for (int quiet = 0, looks = 0; quiet < 10 && looks < 1000; looks++)
        {
            long before = counted.Decoded;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
            quiet = counted.Decoded == before ? quiet + 1 : 0;
        }

        return true;
    }
}
