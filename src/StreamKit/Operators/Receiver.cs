using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>What takes batches and signals in their order: an operator, or the end of a chain.</summary>
/// <remarks>
/// <para>
/// Each call says whether the receiver can take more. After <c>false</c> it holds something that it cannot hand on,
/// because a channel further down is full: nothing may be given to it before <see cref="Resume"/> has returned
/// <c>true</c>. So a full channel stops everything before it, and no operator ever waits.
/// </para>
/// <para>Calls come from one thread at a time.</para>
/// </remarks>
internal abstract class Receiver<TBatch>
{
    /// <summary>
    /// The instant of processing time at which the chain wants to be woken; <see cref="long.MaxValue"/>: never.
    /// </summary>
    public virtual long NextTimer => long.MaxValue;

    /// <summary>
    /// Whether neither this receiver nor any after it in the subtask holds records, windows or results; for tests.
    /// </summary>
    public virtual bool HoldsNothing => true;

    /// <summary>Whether what comes has to wait a while before it is worked on.</summary>
    public virtual bool IsBusy => false;

    /// <summary>Takes a batch, and owns it from now on.</summary>
    public abstract bool OnBatch(TBatch batch);

    public abstract bool OnSignal(Signal signal);

    /// <summary>Goes on where the chain had to stop.</summary>
    public abstract bool Resume();
}
