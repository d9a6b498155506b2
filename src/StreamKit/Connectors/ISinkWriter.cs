using StreamKit.Time;

namespace StreamKit.Connectors;

/// <summary>Writes the records of one running job.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// The engine calls one method at a time, and waits for it: a slow sink slows the pipeline and nothing is lost.
/// </remarks>
public interface ISinkWriter<T> : IAsyncDisposable
{
    /// <summary>Writes records, in their order.</summary>
    /// <param name="records">The records; valid until the returned task has completed.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken);

    /// <summary>
    /// Takes notice that no later record has a smaller timestamp than the watermark. Default: nothing.
    /// </summary>
    /// <param name="watermark">The watermark.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    ValueTask OnWatermarkAsync(Timestamp watermark, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Completes when everything written so far is where the sink promises to bring it.</summary>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <remarks>Called when the input is silent for the moment, and at the end.</remarks>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
