namespace HashtagTracker.Simulation;

/// <summary>A stretch of time in which something special happens, in ticks, the end excluded.</summary>
internal readonly record struct Episode(long Index, long Start, long End)
{
    public bool Covers(long ticks) => ticks >= Start && ticks < End;
}
