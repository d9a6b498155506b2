using Microsoft.Extensions.Logging;

namespace StreamKit.Checkpointing;

/// <summary>Where jobs keep their checkpoints: a place for each job, and one writer at a time in it.</summary>
/// <remarks>Any number of threads may call a store, and any number of processes may share what is behind it.</remarks>
public interface ICheckpointStore
{
    /// <summary>
    /// Takes the place of a job: from now on only the session that is returned writes there. Sessions that were opened
    /// before for the same job are fenced, in whatever process they are; what they left unfinished is removed.
    /// </summary>
    /// <param name="job">The job's name; any text that is not empty. Names that differ never share a place.</param>
    /// <param name="clock">Says when a checkpoint was completed.</param>
    /// <param name="logger">Is told what was cleaned up, and what could not be.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    ValueTask<ICheckpointSession> OpenAsync(
        string job, TimeProvider clock, ILogger logger, CancellationToken cancellationToken);

    /// <summary>Reads what a job has stored, without disturbing the job that may be writing there.</summary>
    /// <param name="job">The job's name; one that has never stored anything has an empty place.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    ValueTask<ICheckpointReader> OpenReaderAsync(string job, CancellationToken cancellationToken);
}
