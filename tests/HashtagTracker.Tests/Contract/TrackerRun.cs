namespace HashtagTracker.Tests.Contract;

/// <summary>What the program left when it ended.</summary>
internal sealed record TrackerRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the built program to its end, in a process of its own.</summary>
    public static async Task<TrackerRun> OfAsync(params string[] arguments)
    {
        await using var process = TrackerProcess.Start(arguments);
        return await process.EndAsync(TestContext.Current.CancellationToken);
    }
}
