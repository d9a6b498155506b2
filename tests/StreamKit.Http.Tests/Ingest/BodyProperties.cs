using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using StreamKit.Http.Ingest;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>Laws of reading bodies, over generated ones.</summary>
public class BodyProperties
{
    private static readonly BodyParser<Hit> s_parser = new(
        (json, _) => JsonSerializer.Deserialize(json, HitJson.Default.Hit)!, default, new HttpIngestOptions());

    [Property]
    public void AnArrayAndLinesSayTheSame(NonNull<string>[] pages, bool indented)
    {
        Hit[] hits = [.. pages.Select((page, i) => new Hit(page.Get, i))];
        string[] each = [.. hits.Select(hit => JsonSerializer.Serialize(hit, HitJson.Default.Hit))];
        string array = indented ? $"[\n  {string.Join(",\n  ", each)}\n]\n" : $"[{string.Join(',', each)}]";
        ParsedBody<Hit> fromArray = Parse(array, BodyForm.Json);
        ParsedBody<Hit> fromLines = Parse(string.Join('\n', each), BodyForm.Lines);
        Assert.Empty(fromArray.Malformed);
        Assert.Empty(fromLines.Malformed);
        Assert.Equal(fromArray.Records, fromLines.Records);
        Assert.Equal(each, fromArray.Records.Select(record =>
            JsonSerializer.Serialize(record.Record, HitJson.Default.Hit)));
        Assert.Equal(each.Select(Encoding.UTF8.GetByteCount), fromArray.Records.Select(record => record.Bytes));
    }

    [Property]
    public Property ALineThatIsBrokenIsFoundAndSpoilsNoOther() => Prop.ForAll(
        Gen.Choose(1, 30).SelectMany(count => Gen.Choose(0, count - 1).Select(broken => (count, broken))).ToArbitrary(),
        at =>
        {
            string[] lines = [.. Enumerable.Range(0, at.count).Select(i => $$"""{"page":"p","ms":{{i}}}""")];
            int start = lines.Take(at.broken).Sum(line => line.Length + 1);
            lines[at.broken] = "@" + lines[at.broken];
            ParsedBody<Hit> parsed = Parse(string.Join('\n', lines), BodyForm.Lines);
            MalformedRecord malformed = Assert.Single(parsed.Malformed);
            Assert.Equal((at.broken, start), (malformed.Index, malformed.At));
            IEnumerable<int> others = Enumerable.Range(0, at.count).Where(i => i != at.broken);
            Assert.Equal(others, parsed.Records.Select(record => record.Record.Ms));
        });

    [Property]
    public void NoBytesAreTooStrange(byte[] body, bool lines)
    {
        ParsedBody<Hit> parsed = s_parser.Parse(
            body, lines ? BodyForm.Lines : BodyForm.Json, new HttpIngestRequest(new DefaultHttpContext(), default));
        Assert.All(parsed.Malformed, malformed => Assert.InRange(malformed.At, 0, body.Length));
    }

    private static ParsedBody<Hit> Parse(string body, BodyForm form) => s_parser.Parse(
        Encoding.UTF8.GetBytes(body), form, new HttpIngestRequest(new DefaultHttpContext(), default));
}
