namespace StreamKit.Connectors;

/// <summary>A place that records go to.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// One object describes the sink; each job that runs opens it once, and once more each time that it is started again
/// after a failure, when the writer before has been disposed. A sink that cannot be opened again says so by an error
/// that tells what to do.
/// </remarks>
public interface ISink<T>
{
    /// <summary>What the sink makes of the records; the pipeline is checked against it when it is built.</summary>
    SinkMode Mode { get; }

    /// <summary>
    /// What the sink promises about records that are written again when a job goes on from a checkpoint. Default: that
    /// they are replaced where the sink upserts, and nothing else.
    /// </summary>
    SinkGuarantee Guarantee => Mode == SinkMode.Upsert ? SinkGuarantee.Idempotent : SinkGuarantee.AtLeastOnce;

    /// <summary>Opens the sink.</summary>
    /// <param name="context">What the job offers to the sink while it runs.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <returns>The writer; the job disposes it.</returns>
    ValueTask<ISinkWriter<T>> OpenAsync(SinkContext context, CancellationToken cancellationToken);
}
