namespace StreamKit.Connectors;

/// <summary>A place that records come from.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// A source consists of splits (a file, a partition), each with an order and a position of its own. The engine reads
/// the splits in turn, generates watermarks for each, and lets the slowest that is not idle decide. One object
/// describes the source; each job that runs opens it once.
/// </remarks>
public interface ISource<T>
{
    /// <summary>How far the source can be read again.</summary>
    Replayability Replayability { get; }

    /// <summary>Opens the source.</summary>
    /// <param name="context">What the job offers to the source while it runs.</param>
    /// <param name="cancellationToken">Cancelled when the job stops.</param>
    /// <returns>
    /// The splits that are known now; further ones may be added through
    /// <see cref="SourceContext{T}.AddSplit(ISplitReader{T})"/>. The job disposes them. The source has ended when all
    /// its splits have, and none can be added any more (<see cref="SourceContext{T}.MoreSplitsMayCome"/>).
    /// </returns>
    ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(SourceContext<T> context, CancellationToken cancellationToken);
}
