using Microsoft.Extensions.Logging;
using StreamKit.Time;

namespace StreamKit.Connectors;

/// <summary>What a running job offers to a source.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>All members may be called by any thread.</remarks>
public abstract class SourceContext<T>
{
    private protected SourceContext()
    {
    }

    /// <summary>The source's name in the pipeline.</summary>
    public abstract string Name { get; }

    /// <summary>The clock of the job; a source takes no other.</summary>
    public abstract TimeProvider Clock { get; }

    /// <summary>Where the source may log.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>
    /// Whether the source, once all its splits have ended, waits for further splits instead of ending. Default: false.
    /// </summary>
    public abstract bool MoreSplitsMayCome { get; set; }

    /// <summary>Whether the job takes checkpoints.</summary>
    public abstract bool HasCheckpoints { get; }

    /// <summary>
    /// Has something done each time that a checkpoint is complete, such as telling a server how far its records are
    /// safe. To be called while the source is opened, at most once.
    /// </summary>
    /// <param name="action">
    /// Given how far each split had come in the checkpoint, those that have ended included and those that were handed
    /// over not. Where several checkpoints are complete it is called for the last one only. Calls come one at a time,
    /// and not while the engine calls a reader; but a read that waits may be under way. What it throws fails the job.
    /// </param>
    /// <remarks>
    /// The job waits for the call that belongs to its last checkpoint before it ends. After a failure there is no call
    /// for a checkpoint that was complete already: a source must not rely on having been told.
    /// </remarks>
    public abstract void OnCheckpointCompleted(Func<IReadOnlyList<SplitPosition>, CancellationToken, ValueTask> action);

    /// <summary>
    /// Asks for a checkpoint now, and waits until it is complete and <see cref="OnCheckpointCompleted"/> has been told
    /// of it. It holds every record that a read has delivered before this call.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">The job takes no checkpoints, or is about to end.</exception>
    public abstract Task TakeCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>
    /// How far event time has come in a split: no later record of it has a smaller timestamp. It covers what has gone
    /// through the event-time step, and may be behind what has been read.
    /// </summary>
    /// <param name="split">The name of a split of this source.</param>
    /// <returns>
    /// <see cref="Timestamp.MinValue"/> while nothing is known. Where several steps give the records event time, the
    /// lowest of what they say.
    /// </returns>
    public abstract Timestamp WatermarkOf(string split);

    /// <summary>
    /// Leaves something to the job that must stay as long as the source is read, or may be told of checkpoints; it is
    /// disposed after all readers.
    /// </summary>
    /// <param name="resource">What is to be disposed.</param>
    public abstract void DisposeLater(IAsyncDisposable resource);

    /// <summary>Adds a split that was found while the job runs.</summary>
    /// <param name="reader">Its reader; the job disposes it.</param>
    /// <remarks>
    /// The split holds no watermark back before it has caught up: its records that are behind are late, with the
    /// reason that the input came late.
    /// </remarks>
    public abstract void AddSplit(ISplitReader<T> reader);

    /// <summary>Adds a split that another process, or another run, has read before.</summary>
    /// <param name="reader">Its reader; the job disposes it.</param>
    /// <param name="watermark">
    /// How far event time had come in the split: no later record of it has a smaller timestamp. Its watermark starts
    /// there.
    /// </param>
    /// <remarks>A split whose watermark is behind what the stream has reached counts as one that came late.</remarks>
    public abstract void AddSplit(ISplitReader<T> reader, Timestamp watermark);

    /// <summary>Hands something that is no record to the job's error policy.</summary>
    /// <param name="record">What was read, where, and what is wrong with it.</param>
    /// <exception cref="Diagnostics.StreamException">The policy is to fail; let it pass.</exception>
    public abstract void Report(BadRecord record);

    /// <summary>Counts a record that was dropped because there was no room for it, and logs the first.</summary>
    /// <remarks>Without a job, as in a test of a source, there is nothing that counts.</remarks>
    internal virtual void CountDropped()
    {
    }
}
