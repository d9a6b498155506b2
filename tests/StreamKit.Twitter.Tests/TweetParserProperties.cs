using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace StreamKit.Twitter.Tests;

/// <summary>Laws of the parser over damaged lines.</summary>
public sealed class TweetParserProperties
{
    // Shaped like real lines, so that the damage falls on fields that are read.
    private static readonly byte[][] s_lines =
    [
        Line("""
            {"created_at":"Wed Jul 03 06:29:00 +0000 2019","id":1146306573430542336,"id_str":"1146306573430542336",
            "text":"caf\u00e9 \ud83d\ude00 #One…","truncated":true,"in_reply_to_status_id":null,
            "in_reply_to_status_id_str":"19","user":{"id":7,"id_str":"7","screen_name":"ann"},"geo":{"type":"Point",
            "coordinates":[52.1,5.2]},"coordinates":{"type":"Point","coordinates":[5.2,52.1]},"place":{"id":"p",
            "full_name":"Here","country_code":"NL"},"retweeted_status":{"id":1,"id_str":"1","text":"x"},
            "extended_tweet":{"full_text":"café 😀 #One #Two","entities":{"hashtags":[{"text":"One",
            "indices":[0,4]},{"text":"Two"}],"urls":[{"url":"u","expanded_url":"e"}],
            "user_mentions":[{"screen_name":"bo","id":3,"id_str":"3"}]}},"quote_count":0,"retweet_count":2,
            "favorite_count":1,"entities":{"hashtags":[{"text":"One"}]},"lang":"nl","timestamp_ms":"1562135340659"}
            """),
        Line("""
            {"data":{"id":"1346889436626259968","text":"hello 世界","author_id":"7",
            "created_at":"2021-01-06T18:40:40.000Z","lang":"en","entities":{"hashtags":[{"start":1,"end":3,
            "tag":"a"}],"mentions":[{"username":"bo","id":"3"}],"urls":[{"url":"u"}]},
            "referenced_tweets":[{"type":"quoted","id":"5"}],"public_metrics":{"retweet_count":1,"like_count":3,
            "impression_count":9},"geo":{"place_id":"p","coordinates":{"type":"Point","coordinates":[5.2,52.1]}},
            "note_tweet":{"text":"long"},"edit_history_tweet_ids":["1"]},"includes":{"users":[{"id":"7",
            "username":"ann"}],"places":[{"id":"p","full_name":"Here"}]},"matching_rules":[{"id":"11","tag":"t",
            "embedding_similarity":0.5}],"errors":[{"title":"t","type":"https://h/p/x"}]}
            """),
        Line("""
            {"data":[{"id":"20","text":"a"},{"id":"21","text":"b"}],"meta":{"result_count":2}}
            """),
        Line("""
            {"delete":{"status":{"id":5,"id_str":"5","user_id":8,"user_id_str":"8"},
            "timestamp_ms":"1432228155593"}}
            """),
        Line("""
            {"status_withheld":{"id":5,"user_id":8,"withheld_in_countries":["DE","AR"],
            "timestampMs":"2014-08-27T23:49:41.839+00:00"}}
            """),
        Line("""
            {"disconnect":{"code":4,"stream_name":"s","reason":"stall"}}
            """),
        Line("""
            {"errors":[{"title":"operational-disconnect","disconnect_type":"U","detail":"d",
            "type":"https://h/p/operational-disconnect","code":3}]}
            """),
    ];

    // Bytes that JSON or the parser gives a meaning to hit more branches than any byte would.
    private static readonly byte[] s_telling =
        [.. "{}[]\",:\\u0d8-1e9.ntf /#\n\r\t"u8, 0x00, 0x80, 0xC3, 0xED, 0xF0, 0xFF];

    public static Arbitrary<byte[]> DamagedLines()
    {
        Gen<byte> bytes = Gen.OneOf(Gen.Elements(s_telling), Gen.Choose(0, 255).Select(value => (byte)value));
        var edit = Gen.Choose(0, 3).SelectMany(_ => Gen.Choose(0, int.MaxValue), (kind, place) => (kind, place))
            .SelectMany(_ => bytes, (at, value) => (at.kind, at.place, value));
        var edits = Gen.Choose(0, 6).SelectMany(count => edit.ArrayOf(count));
        return Arb.From(Gen.Elements(s_lines).SelectMany(_ => edits, (line, damage) => damage.Aggregate(line, Damage)));
    }

    [Property(MaxTest = 20_000, Arbitrary = [typeof(TweetParserProperties)])]
    public void NoBytesGiveAnotherExceptionAndThePositionIsInTheLine(byte[] line) => AssertReadsOrRefuses(line);

    [Property(MaxTest = 2_000)]
    public void NoiseGivesNoOtherExceptionEither(byte[] line) => AssertReadsOrRefuses(line);

    [Fact]
    public void ALineCutAnywhereIsRefusedAtItsEnd()
    {
        var parser = new TweetParser();
        foreach (byte[] line in s_lines)
        {
            for (int length = 1; length < line.Length; length++)
            {
                byte[] cut = line[..length];
                var exception = Assert.Throws<TweetFormatException>(() => parser.Parse(cut));
                Assert.InRange(exception.BytePosition, 0, length);
            }

            Assert.IsNotType<UnknownMessage>(parser.Parse(line));
        }
    }

    [Property(MaxTest = 3_000, Arbitrary = [typeof(TweetParserProperties)])]
    public void ALineInPiecesReadsLikeTheWholeLine(byte[] line, PositiveInt size)
    {
        var parser = new TweetParser();
        ReadOnlySequence<byte> pieces = Split(line, 1 + (size.Get % 64));
        Assert.Equal(Outcome(() => parser.Parse(line)), Outcome(() => parser.Parse(pieces)));
    }

    [Property(MaxTest = 3_000, Arbitrary = [typeof(TweetParserProperties)])]
    public void WhatALineSaysDoesNotDependOnTheLinesBefore(byte[][] lines)
    {
        var used = new TweetParser();
        foreach (byte[] line in lines)
        {
            Assert.Equal(Outcome(() => new TweetParser().Parse(line)), Outcome(() => used.Parse(line)));
        }
    }

    private static byte[] Line(string wrapped) => Lines.Utf8(wrapped.Replace("\n", "", StringComparison.Ordinal));

    private static byte[] Damage(byte[] line, (int Kind, int Place, byte Value) edit)
    {
        int at = line.Length == 0 ? 0 : edit.Place % line.Length;
        return edit.Kind switch
        {
            _ when line.Length == 0 => [edit.Value],
            0 => [.. line[..at], edit.Value, .. line[(at + 1)..]],
            1 => [.. line[..at], edit.Value, .. line[at..]],
            2 => [.. line[..at], .. line[(at + 1)..]],
            _ => line[..at],
        };
    }

    private static void AssertReadsOrRefuses(byte[] line)
    {
        try
        {
            Assert.NotNull(Summary.Of(new TweetParser().Parse(line)));
        }
        catch (TweetFormatException exception)
        {
            Assert.InRange(exception.BytePosition, 0, line.Length);
        }
    }

    private static string Outcome(Func<StreamMessage> parse)
    {
        try
        {
            return Summary.Of(parse());
        }
        catch (TweetFormatException exception)
        {
            return exception.Message;
        }
    }

    private static ReadOnlySequence<byte> Split(byte[] line, int size)
    {
        var first = new Piece(ReadOnlyMemory<byte>.Empty, null);
        Piece last = first;
        foreach (byte[] part in line.Chunk(size))
        {
            last = new Piece(part, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
