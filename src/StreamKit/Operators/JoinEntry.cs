namespace StreamKit.Operators;

/// <summary>The records of one key on both sides.</summary>
internal struct JoinEntry
{
    public JoinChain Left;
    public JoinChain Right;
}
