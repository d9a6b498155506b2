using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Graph;

namespace StreamKit;

/// <content>Where the records go.</content>
public sealed partial class DataStream<T>
{
    // Enough that the pipeline and who reads it seldom wait for each other.
    private const int ReadAhead = 1024;

    /// <summary>Writes the records to a sink.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="name">The name of the step; null: "sink" and a number.</param>
    /// <returns>This stream, which may be used further.</returns>
    public DataStream<T> To(ISink<T> sink, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Builder.Graph.Add(new SinkNode<T>(Node, sink) { GivenName = name });
        return this;
    }

    /// <summary>Writes the records to a channel, waits while it is full, and completes it when the job ends.</summary>
    /// <param name="channel">The channel's writer; bound it, so that a slow reader slows the pipeline.</param>
    /// <param name="name">The name of the step; null: "sink" and a number.</param>
    /// <returns>This stream, which may be used further.</returns>
    /// <remarks>
    /// A failure completes the channel with what failed; where the job may be started again after failures, only the
    /// one after which it is not. A job that goes on from a checkpoint writes the records again that it had written
    /// since.
    /// </remarks>
    public DataStream<T> To(ChannelWriter<T> channel, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return To(new ChannelSink<T>(channel), name);
    }

    /// <summary>Calls a delegate with every record, one at a time.</summary>
    /// <param name="action">The delegate; the job fails when it throws.</param>
    /// <param name="name">The name of the step; null: "sink" and a number.</param>
    /// <returns>This stream, which may be used further.</returns>
    public DataStream<T> ForEach(Action<T> action, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        return To(new ActionSink<T>(action), name);
    }

    /// <summary>Runs the pipeline and returns this stream's records as they come.</summary>
    /// <param name="cancellationToken">Aborts the job.</param>
    /// <remarks>
    /// The job starts with the enumeration, goes no faster than it, and is aborted when the enumeration is left before
    /// the end. The pipeline's other outputs run along.
    /// </remarks>
    /// <exception cref="PipelineException">Something is wrong; the message lists every
    /// mistake and what to do.</exception>
    /// <exception cref="Diagnostics.StreamException">The job failed.</exception>
    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ReadAllAsync(new JobOptions(), cancellationToken);

    /// <summary>Runs the pipeline with options and returns this stream's records as they come.</summary>
    /// <param name="options">How the job runs.</param>
    /// <param name="cancellationToken">Aborts the job.</param>
    /// <remarks><inheritdoc cref="ReadAllAsync(CancellationToken)" path="/remarks/node()"/></remarks>
    /// <exception cref="PipelineException">Something is wrong; the message lists every
    /// mistake and what to do.</exception>
    /// <exception cref="Diagnostics.StreamException">The job failed.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync(
        JobOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Checkpoints is not null)
        {
            throw new ArgumentException(
                "ReadAllAsync hands records to the program that reads them, which cannot be brought back to a "
                + "checkpoint: write the stream to a sink with To, then Build and Start.",
                nameof(options));
        }

        var output = new ReadAllSink<T>(ReadAhead);
        StreamJob job = StartOne(new SinkNode<T>(Node, output), options);
        await using (job.ConfigureAwait(false))
        {
            await foreach (T record in output.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return record;
            }

            await job.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A job that runs has its own plan, so the output need not stay: another enumeration must not write to this one's.
    private StreamJob StartOne(SinkNode<T> output, JobOptions options)
    {
        using (Builder.Graph.AddForOneRun(output))
        {
            return Builder.Build().Start(options);
        }
    }
}
