namespace HashtagTracker.Simulation;

/// <summary>Episodes (bursts, quiet periods) at random places:
/// one in each stretch of time, never across its border.</summary>
/// <remarks>An episode is computed from the seed and the number of its stretch,
/// so any time can be asked in any order.</remarks>
internal sealed class EpisodeSchedule(long seed, string purpose, TimeSpan every, TimeSpan shortest, TimeSpan longest)
{
    private Episode _recent = new(long.MinValue, 0, 0);

    /// <summary>The episode of the stretch of time in which <paramref name="ticks"/> lies.</summary>
    public Episode Near(long ticks)
    {
        long index = Math.DivRem(ticks, every.Ticks).Quotient;
        if (_recent.Index != index)
        {
            var random = new DeterministicRandom(seed, purpose, index);
            long length = (long)random.NextBetween(shortest.Ticks, longest.Ticks);
            long start = (index * every.Ticks) + (long)(random.NextDouble() * (every.Ticks - length));
            _recent = new Episode(index, start, start + length);
        }

        return _recent;
    }
}
