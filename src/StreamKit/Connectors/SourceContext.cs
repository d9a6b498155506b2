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
