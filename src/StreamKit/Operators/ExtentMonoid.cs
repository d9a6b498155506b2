using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <summary>Extents are merged to what covers both.</summary>
internal readonly struct ExtentMonoid : IMonoid<Extent>
{
    public Extent Create() => Extent.None;

    public void Merge(ref Extent into, in Extent from) => into = into.With(from);

    public void DeclareNeeds(StateNeeds needs)
    {
    }

    public void Write(ref StateWriter writer, in Extent accumulator)
    {
        writer.Write(accumulator.First);
        writer.Write(accumulator.Last);
    }

    public Extent Read(ref StateReader reader) => new(reader.ReadInt64(), reader.ReadInt64());
}
