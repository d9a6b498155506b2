using StreamKit.Aggregation;

namespace StreamKit.Operators;

/// <summary>Extents are merged to what covers both.</summary>
internal readonly struct ExtentMonoid : IMonoid<Extent>
{
    public Extent Create() => Extent.None;

    public void Merge(ref Extent into, in Extent from) => into = into.With(from);
}
