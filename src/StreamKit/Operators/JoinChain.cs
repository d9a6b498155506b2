namespace StreamKit.Operators;

/// <summary>
/// The records of one key on one side: the last one, which names the one before it, and how many there are.
/// </summary>
internal struct JoinChain
{
    /// <summary>The number of the last record; not looked at where there is none.</summary>
    public int Last;

    public int Count;
}
