using System.Runtime.InteropServices;
using StreamKit;

namespace HashtagTracker;

/// <summary>Ctrl+C, or what a system sends to a program that is to end.</summary>
internal static class StopSignal
{
    /// <summary>Waits until the job has ended, or until it is to end; throws what the job throws.</summary>
    /// <remarks>A second signal ends the program at once.</remarks>
    public static async Task OrEndAsync(StreamJob job)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal) => signal.Cancel = asked.TrySetResult();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await await Task.WhenAny(job.Completion, asked.Task);
    }
}
