using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace HashtagTracker.Live;

/// <summary>A file of the page, carried inside the assembly so that the program runs from any folder.</summary>
internal sealed class EmbeddedAsset
{
    private readonly byte[] _bytes;
    private readonly string _contentType;
    private readonly EntityTagHeaderValue _tag;

    private EmbeddedAsset(byte[] bytes, string contentType)
    {
        _bytes = bytes;
        _contentType = contentType;
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
    }

    /// <summary>Loads a file by its name in <c>wwwroot</c>.</summary>
    public static EmbeddedAsset Load(string name, string contentType)
    {
        using Stream stream = typeof(EmbeddedAsset).Assembly.GetManifestResourceStream("wwwroot/" + name)
            ?? throw new InvalidOperationException($"The assembly was built without wwwroot/{name}.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new EmbeddedAsset(bytes, contentType);
    }

    /// <summary>The file, or 304 when the client has it already.</summary>
    public IResult ToResult() => Results.Bytes(_bytes, _contentType, entityTag: _tag);
}
