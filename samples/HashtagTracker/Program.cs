using HashtagTracker;
using HashtagTracker.Live;

if (!TrackerOptions.TryParse(args, out TrackerOptions options, out string error))
{
    Console.Error.WriteLine(error);
    return TrackerOptions.UsageExitCode;
}

if (options.Help)
{
    Console.WriteLine(TrackerOptions.Usage);
    return 0;
}

using var hub = new SnapshotHub(TimeProvider.System, new SnapshotHubOptions());
var hosting = new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory };
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(hosting);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, options.Port));
WebApplication app = builder.Build();
app.MapDashboard(hub);
await app.RunAsync();
return 0;
