using System.IO.Compression;
using System.Text;

namespace StreamKit.Twitter.Tests;

/// <summary>Gives the lines of a recorded file as bytes, without their line ends.</summary>
internal static class Lines
{
    internal static IEnumerable<byte[]> Of(string relative)
    {
        byte[] content = Content(SharedData.Path(relative));
        int start = 0;
        while (start < content.Length)
        {
            int end = Array.IndexOf(content, (byte)'\n', start);
            end = end < 0 ? content.Length : end;
            yield return content[start..end];
            start = end + 1;
        }
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Content(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    }
}
