namespace StreamKit.State;

/// <summary>Takes the state that does not fit into memory, for the jobs of one process.</summary>
/// <remarks>
/// What is spilled lives no longer than the run of the job that spilled it: what must survive is in checkpoints, which
/// hold the spilled state too. So nothing here has to be durable, and nothing is found again after a crash.
/// </remarks>
public interface IStateSpill
{
    /// <summary>Makes room for one run of a job.</summary>
    /// <param name="job">The name of the job.</param>
    /// <exception cref="Serialization.StateException">There is no room, or it may not be used.</exception>
    IStateSpillArea Open(string job);
}
