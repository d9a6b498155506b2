using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>A sum whose terms lose half their weight with every half-life of event time.</summary>
/// <remarks>
/// G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, "Forward Decay: A Practical Time Decay Model for Streaming Systems"
/// (ICDE 2009): each term is weighted by how long after a landmark it happened, and the whole is divided by the weight
/// of the newest instant when it is read. The landmark is the start of the newest half-life, so moving it multiplies by
/// a power of two, which is exact: neither order nor age costs digits.
/// </remarks>
internal struct DecayedSum
{
    private bool _hasTerms;
    private long _newestTicks;
    private long _period;
    private CompensatedSum _sum;

    public readonly double At(Decay decay) => _sum.Value * Math.Pow(2, -decay.FractionOf(_newestTicks));

    public void Add(double term, long ticks, Decay decay)
    {
        long period = decay.PeriodOf(ticks);
        Advance(ticks, period);
        _sum.Add(Math.ScaleB(term * Math.Pow(2, decay.FractionOf(ticks)), Decay.Between(_period, period)));
    }

    public void Merge(in DecayedSum other)
    {
        if (other._hasTerms)
        {
            Advance(other._newestTicks, other._period);
            CompensatedSum terms = other._sum;
            terms.ScaleB(Decay.Between(_period, other._period));
            _sum.Merge(in terms);
        }
    }

    public readonly void Write(ref StateWriter writer)
    {
        writer.Write(_hasTerms);
        writer.Write(_newestTicks);
        writer.Write(_period);
        _sum.Write(ref writer);
    }

    public static DecayedSum Read(ref StateReader reader) => new()
    {
        _hasTerms = reader.ReadBoolean(),
        _newestTicks = reader.ReadInt64(),
        _period = reader.ReadInt64(),
        _sum = CompensatedSum.Read(ref reader),
    };

    private void Advance(long ticks, long period)
    {
        if (_hasTerms && ticks <= _newestTicks)
        {
            return;
        }

        if (_hasTerms)
        {
            _sum.ScaleB(Decay.Between(period, _period));
        }

        (_hasTerms, _newestTicks, _period) = (true, ticks, period);
    }
}
