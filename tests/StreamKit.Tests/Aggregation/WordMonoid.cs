using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Tests.Aggregation;

/// <summary>
/// Text one after the other: it shows the order of merges, and the oldest can be taken away where nothing came before.
/// </summary>
internal readonly struct WordMonoid(Words words) : IMonoid<string>
{
    private readonly Words _words = words;

    public string Create() => string.Empty;

    public void Merge(ref string into, in string from)
    {
        _words.CountOne();
        into = _words.KeepsNothing ? from : into + from;
    }

    public void Remove(ref string from, in string other)
    {
        _words.CountOne();
        if (!_words.KeepsNothing)
        {
            Assert.StartsWith(other, from, StringComparison.Ordinal);
            from = from[other.Length..];
        }
    }

    public void DeclareNeeds(StateNeeds needs) => needs.Add<string>();

    public void Write(ref StateWriter writer, in string accumulator) => writer.Write(accumulator);

    public string Read(ref StateReader reader) => reader.ReadString()!;
}
