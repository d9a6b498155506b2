using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Conformance;

/// <summary>A server that is real, and a source that reads from it; what a test needs to be unkind to both.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public abstract class SourceServer<T> : IAsyncDisposable
{
    /// <summary>A source that reads everything from the server, as a user would configure it.</summary>
    public abstract ISource<T> Source { get; }

    /// <summary>What the source finds around it; its clock is what <see cref="LetTimePass"/> moves.</summary>
    public virtual SourceDriverOptions Surroundings { get; } = new();

    /// <summary>Whether the source is told of checkpoints before the server lets go of records.</summary>
    public virtual bool NeedsCheckpoints => false;

    /// <summary>
    /// How many records the source may take from the server although nobody reads them; null where the server pushes
    /// and nothing can hold it back.
    /// </summary>
    public virtual int? MostReadAhead => null;

    /// <summary>Gives the server records with numbers.</summary>
    public abstract Task SendAsync(IEnumerable<int> numbers, CancellationToken cancellationToken);

    /// <summary>The number that a record was sent with.</summary>
    public abstract int NumberOf(T record);

    /// <summary>
    /// Gives the server something that is no record; false where the source takes whatever its server has.
    /// </summary>
    public virtual Task<bool> SendBrokenAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Takes every connection away; new ones are welcome at once.</summary>
    public abstract Task BreakAsync(CancellationToken cancellationToken);

    /// <summary>How many connections the source has to the server.</summary>
    public abstract Task<int> CountConnectionsAsync(CancellationToken cancellationToken);

    /// <summary>How many records the source has taken from the server, delivered or not.</summary>
    public virtual Task<int> CountTakenAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("Say so together with MostReadAhead.");

    /// <summary>
    /// Lets time pass for a source that waits; called again and again. Default: it does so by itself.
    /// </summary>
    public virtual void LetTimePass()
    {
    }

    public abstract ValueTask DisposeAsync();
}
