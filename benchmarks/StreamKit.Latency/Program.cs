using System.Globalization;

namespace StreamKit.Latency;

internal static class Program
{
    private const int AllIsWell = 0;
    private const int BadCommandLine = 2;

    private static async Task<int> Main(string[] words)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            Arguments arguments = ArgumentParser.Parse(words);
            if (arguments.Help)
            {
                Console.WriteLine(ArgumentParser.Help);
                return AllIsWell;
            }

            if (arguments.Paced)
            {
                var windows = new WindowLatency(arguments, new LatencyTable(Console.Out, "ms", perUnit: 1000));
                foreach (int rate in arguments.Rates)
                {
                    await windows.RunAsync(rate);
                }
            }

            if (arguments.Idle)
            {
                await new IdleLatency(arguments, new LatencyTable(Console.Out, "µs", perUnit: 1000)).RunAsync();
            }

            return AllIsWell;
        }
        catch (UsageException problem)
        {
            Console.Error.WriteLine($"{problem.Message}\n--help shows what can be asked for");
            return BadCommandLine;
        }
    }
}
