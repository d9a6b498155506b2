using System.Globalization;
using System.Text;

namespace HashtagTracker.Live;

/// <summary>Writes one client's frames as server-sent events, with heartbeats while nothing happens.</summary>
internal static class SnapshotStream
{
    private static readonly byte[] HeartbeatComment = ": still here\n\n"u8.ToArray();

    /// <summary>Returns when the hub ends; throws <see cref="OperationCanceledException"/> when the
    /// client leaves.</summary>
    public static async Task WriteAsync(
        Stream output, SnapshotHub hub, SnapshotSubscription client, CancellationToken cancellationToken)
    {
        string retry = string.Create(
            CultureInfo.InvariantCulture, $"retry: {(long)hub.Options.Retry.TotalMilliseconds}\n\n");
        await output.WriteAsync(Encoding.UTF8.GetBytes(retry), cancellationToken);
        await output.FlushAsync(cancellationToken);
        while (true)
        {
            while (client.Frames.TryRead(out SnapshotFrame? frame))
            {
                await output.WriteAsync(frame.Event, cancellationToken);
                await output.FlushAsync(cancellationToken);
            }

            Task<bool> more = client.Frames.WaitToReadAsync(cancellationToken).AsTask();
            while (!await IsDoneWithinAsync(more, hub.Options.Heartbeat, hub.Time))
            {
                await output.WriteAsync(HeartbeatComment, cancellationToken);
                await output.FlushAsync(cancellationToken);
            }

            if (!await more)
            {
                return;
            }
        }
    }

    private static async Task<bool> IsDoneWithinAsync(Task<bool> task, TimeSpan limit, TimeProvider time)
    {
        if (task.IsCompleted)
        {
            return true;
        }

        using var silence = new CancellationTokenSource();
        Task heartbeat = Task.Delay(limit, time, silence.Token);
        bool done = await Task.WhenAny(task, heartbeat) == task;
        await silence.CancelAsync();
        return done;
    }
}
