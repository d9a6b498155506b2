using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace StreamKit.Twitter.Tests;

/// <summary>A folder for the recordings that a test makes.</summary>
public sealed class ReplayFolder : IDisposable
{
    internal static readonly DateTimeOffset T0 = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamkit-replay-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal static string Post(long id, double seconds = 0) => $$$"""{"data":{{{Item(id, seconds)}}}}""";

    internal static string Page(params (long Id, double Seconds)[] posts) =>
        $$"""{"data":[{{string.Join(',', posts.Select(post => Item(post.Id, post.Seconds)))}}]}""";

    internal static string Delete(long id) =>
        $$$$"""{"delete":{"status":{"id":{{{{id}}}},"id_str":"{{{{id}}}}","user_id":7,"user_id_str":"7"}}}""";

    internal static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    internal static byte[] Pack(string content) => Pack(Encoding.UTF8.GetBytes(content));

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    internal string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    internal string WriteLines(string name, params string[] lines) =>
        Write(name, string.Concat(lines.Select(line => line + "\n")));

    private static string Item(long id, double seconds)
    {
        string at = T0.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return $$"""{"id":"{{id}}","text":"post {{id}}","created_at":"{{at}}"}""";
    }
}
