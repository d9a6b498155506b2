using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Fills and merges sketches of one number per record, which are made when they are first needed.</summary>
internal readonly struct QuantileSketches<TIn>(Func<TIn, double> selector, QuantileOptions options)
{
    private readonly Func<TIn, double> _selector = selector;
    private readonly QuantileOptions _options = options;

    public void Add(ref QuantileSketch? sketch, in TIn record)
    {
        double number = _selector(record);
        (sketch ??= new(_options)).Add(number);
    }

    public static void Merge(ref QuantileSketch? into, QuantileSketch? from)
    {
        if (into is null)
        {
            into = from?.Clone();
        }
        else if (from is not null)
        {
            into.Merge(from);
        }
    }

    public static void Write(ref StateWriter writer, QuantileSketch? sketch)
    {
        if (sketch is null)
        {
            writer.WriteNull();
        }
        else
        {
            sketch.Write(ref writer);
        }
    }

    public QuantileSketch? Read(ref StateReader reader) =>
        reader.TryReadNull() ? null : QuantileSketch.Read(ref reader, _options);
}
