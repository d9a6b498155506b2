namespace StreamKit.Operators;

/// <summary>Where the records of one key lie: the last one of each side; 0 where there is none.</summary>
internal struct JoinEntry
{
    public int Left;
    public int Right;
}
