using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>What can be read from the moments of two numbers per record: covariance, correlation, trend.</summary>
internal readonly struct CoMomentsAggregator<TIn, TOut>(
    Func<TIn, double> x,
    Func<TIn, double> y,
    Func<CoMoments, TOut> result) : IAggregator<TIn, CoMoments, TOut>
{
    private readonly Func<TIn, double> _x = x;
    private readonly Func<TIn, double> _y = y;
    private readonly Func<CoMoments, TOut> _result = result;

    public CoMoments Create() => default;

    public void Add(ref CoMoments accumulator, in TIn record) => accumulator.Add(_x(record), _y(record));

    public void Merge(ref CoMoments into, in CoMoments from) => into.Merge(in from);

    public TOut Result(in CoMoments accumulator) => _result(accumulator);

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in CoMoments accumulator) => accumulator.Write(ref writer);

    public CoMoments Read(ref StateReader reader) => CoMoments.Read(ref reader);
}
