using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <summary>All records of one key and session with one event time.</summary>
/// <remarks>Records of one instant are never cut apart, so they need not be told apart.</remarks>
internal struct SessionMoment<TAcc>
{
    public long Ticks;

    /// <summary>Whether one of the records ends the session.</summary>
    public bool IsEnd;

    /// <summary>Whether the accumulator has content; a discarding pane takes it away.</summary>
    public bool HasContent;

    /// <summary>When the first of the records came, against all moments of all keys.</summary>
    public long Order;

    public TAcc Accumulator;

    public static SessionMoment<TAcc> Read<TMonoid>(ref StateReader reader, TMonoid monoid)
        where TMonoid : struct, IMonoid<TAcc> => new()
        {
            Ticks = reader.ReadInt64(),
            IsEnd = reader.ReadBoolean(),
            HasContent = reader.ReadBoolean(),
            Order = reader.ReadInt64(),
            Accumulator = monoid.Read(ref reader),
        };

    public readonly void Write<TMonoid>(ref StateWriter writer, TMonoid monoid)
        where TMonoid : struct, IMonoid<TAcc>
    {
        writer.Write(Ticks);
        writer.Write(IsEnd);
        writer.Write(HasContent);
        writer.Write(Order);
        monoid.Write(ref writer, in Accumulator);
    }
}
