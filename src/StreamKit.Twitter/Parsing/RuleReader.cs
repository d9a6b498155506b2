using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Reads one entry of <c>matching_rules</c>.</summary>
internal static class RuleReader
{
    private static readonly NameMap<Field> s_names = new(
        ("id", Field.Id), ("id_str", Field.IdText), ("tag", Field.Tag), ("embedding_similarity", Field.Similarity),
        ("embedding_threshold", Field.Threshold));

    private enum Field
    {
        None, Id, IdText, Tag, Similarity, Threshold,
    }

    internal static MatchingRule? Read(ref Utf8JsonReader reader, ValueReader values)
    {
        if (!values.IsObject(ref reader))
        {
            return null;
        }

        IdPair id = default;
        string? tag = null;
        double? similarity = null;
        double? threshold = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Field field = s_names.Find(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Id: id.Plain = values.Id(ref reader); break;
                case Field.IdText: id.Text = values.Id(ref reader); break;
                case Field.Tag: tag = values.Text(ref reader); break;
                case Field.Similarity: similarity = values.Number(ref reader); break;
                case Field.Threshold: threshold = values.Number(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new MatchingRule
        {
            Id = id.Value,
            Tag = tag,
            EmbeddingSimilarity = similarity,
            EmbeddingThreshold = threshold,
        };
    }
}
