// Counts records of a topic in windows, in three processes that share its partitions as members of one consumer group.
// Members leave and others join, or are killed and started again, while the topic fills; in the end every record must
// have been counted once.
//
//   dotnet run -c Release --project tests/StreamKit.Kafka.Rebalance -- --rebalances 100 [--records 1000000] [--kills 0]
//       [--seed 1]
//
// The brokers are librdkafka's mock cluster, within the process that is started first.
using System.Globalization;
using StreamKit.Kafka.Rebalance;

if (args is ["member", var servers, var folder])
{
    await Member.RunAsync(servers, folder);
    return 0;
}

RebalanceReport report = await new RebalanceRun
{
    Rebalances = Option("--rebalances", 100),
    Records = Option("--records", 1_000_000),
    Kills = Option("--kills", 0),
    Seed = Option("--seed", 1),
    Log = Console.Out,
}.RunAsync(CancellationToken.None);
Console.WriteLine(report);
return report.IsRight ? 0 : 1;

int Option(string name, int otherwise) => Array.IndexOf(args, name) is var at and >= 0
    ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
    : otherwise;
