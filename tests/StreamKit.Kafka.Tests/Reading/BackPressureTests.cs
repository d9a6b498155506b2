using System.Text;
using StreamKit.Testing;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>What waits for a slow pipeline.</summary>
public sealed class BackPressureTests(KafkaCluster cluster) : IClassFixture<KafkaCluster>
{
    private const int Each = 5_000;
    private const int Partitions = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A reader at one record per millisecond leaves the client all the time that it wants: it decodes what may wait and
    // is made to stop, again and again. Here so much time is left that it stands still, after every so many records.
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
        List<int>[] read = [[], [], []];
        for (int round = 0; read.Any(static numbers => numbers.Count < Each); round++)
        {
            foreach ((SplitDriver<int> split, List<int> numbers) in driver.Splits.Zip(read))
            {
                IReadOnlyList<int> got = await split.ReadAsync(10, Token);
                numbers.AddRange(got);
                taken += got.Count;
                most = Math.Max(most, counted.Decoded - taken);
            }

            if (round % 100 == 0)
            {
                await StandStillAsync(counted);
                most = Math.Max(most, counted.Decoded - taken);
            }
        }

        Assert.InRange(most, Bound / 2, Bound);
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

    /// <summary>Waits until nothing has been decoded for a while.</summary>
    private static async Task StandStillAsync(CountedFormat counted)
    {
        for (int quiet = 0; quiet < 5;)
        {
            long before = counted.Decoded;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            quiet = counted.Decoded == before ? quiet + 1 : 0;
        }
    }
}
