using System.Globalization;
using StreamKit.Twitter.Simulator;

// A filtered stream of X API v2 on this machine: invented posts, one rule that all of them match, no token needed.
int port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5090;
double postsPerSecond = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 20;

await using var x = await TwitterSimulator.StartAsync(new() { Port = port, PostsPerSecond = postsPerSecond });
x.AddRule("is OR was OR made OR could OR surprised", "everything");
Console.WriteLine($"{postsPerSecond} posts a second at {x.Endpoint}2/tweets/search/stream (Ctrl+C ends).");
Console.WriteLine("Keys: d disconnect, r reset, s stall, c cut a line, b broken line, 4 or 5: next a 429 or 503.");

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    ending.Cancel();
};
try
{
    await ObeyAsync(x, ending.Token);
}
catch (OperationCanceledException)
{
}

// A program without a keyboard, as in a container, only serves.
static async Task ObeyAsync(TwitterSimulator x, CancellationToken cancellationToken)
{
    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
    while (await timer.WaitForNextTickAsync(cancellationToken))
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            char key = Console.ReadKey(intercept: true).KeyChar;
            Action<TwitterSimulator>? act = key switch
            {
                'd' => s => s.Inject(StreamFault.Disconnect()),
                'r' => s => s.Inject(StreamFault.Reset),
                's' => s => s.Inject(StreamFault.Stall),
                'c' => s => s.Inject(StreamFault.CutLineAndReset),
                'b' => s => s.Inject(StreamFault.BrokenLine),
                '4' => s => s.FailNext(ConnectFault.RateLimited(TimeSpan.FromSeconds(30))),
                '5' => s => s.FailNext(ConnectFault.HttpError(503)),
                _ => null,
            };
            act?.Invoke(x);
        }
    }
}
