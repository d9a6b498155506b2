namespace StreamKit.State;

/// <summary>Where one run of a job puts the state that does not fit into memory; disposed, all of it is gone.</summary>
/// <remarks>Several threads write to it and read from it at the same time; each run is used by one of them.</remarks>
public interface IStateSpillArea : IDisposable
{
    /// <summary>Begins a run.</summary>
    /// <exception cref="Serialization.StateException">It cannot be written.</exception>
    IStateRunWriter Begin();
}
