using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamKit.Http.Output;

namespace StreamKit.Http;

/// <summary>Sinks that send results to browsers and other clients that listen.</summary>
/// <remarks>
/// An output is given to a stream as a sink, and mapped to routes with
/// <see cref="HttpStreamExtensions.MapStream{T}"/>.
/// </remarks>
public static class HttpOutput
{
    private const string JsonNeedsReflection =
        "JSON is mapped by reflection; pass a JsonTypeInfo<T> of a JsonSerializerContext instead.";

    /// <summary>Sends each record.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="typeInfo">How a record becomes JSON, from a JsonSerializerContext.</param>
    /// <param name="options">How it is sent; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// alerts.To(HttpOutput.Json(ShopJson.Default.Alert))
    /// </code></example>
    public static HttpOutput<T> Json<T>(JsonTypeInfo<T> typeInfo, HttpOutputOptions? options = null)
    {
        HttpOutputOptions valid = (options ?? new HttpOutputOptions()).Validated();
        return new HttpOutput<T>(
            new RecordFrames<T>(Serializing(typeInfo), valid.FramesPerSecond is not null, valid.MaxFrameRecords),
            valid);
    }

    /// <summary>Sends each record, which takes the place of the one before with the same key.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="typeInfo">How a record becomes JSON, from a JsonSerializerContext.</param>
    /// <param name="key">The key of a record; the same for all where only the newest counts.</param>
    /// <param name="options">How it is sent; null for the defaults.</param>
    /// <remarks>
    /// Who comes gets the newest record of each key first. Keys stay until there are
    /// <see cref="HttpOutputOptions.MaxKeys"/>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// counts.Select(w => new PageCount(w.Key, w.Value)).To(HttpOutput.Json(ShopJson.Default.PageCount, c => c.Page))
    /// </code></example>
    public static HttpOutput<T> Json<T, TKey>(
        JsonTypeInfo<T> typeInfo, Func<T, TKey> key, HttpOutputOptions? options = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        HttpOutputOptions valid = (options ?? new HttpOutputOptions()).Validated();
        return new HttpOutput<T>(
            new KeyedFrames<T, TKey>(Serializing(typeInfo), key, valid.MaxFrameRecords, valid.MaxKeys), valid);
    }

    /// <summary>Sends each record, mapped to JSON by reflection.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="serializerOptions">
    /// How a record becomes JSON; null for <see cref="JsonSerializerOptions.Web"/>.
    /// </param>
    /// <param name="options">How it is sent; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    public static HttpOutput<T> Json<T>(
        JsonSerializerOptions? serializerOptions = null, HttpOutputOptions? options = null) =>
        Json(HttpIngest.TypeInfo<T>(serializerOptions), options);

    /// <summary>
    /// Sends each record, mapped to JSON by reflection, which takes the place of the one before with the same key.
    /// </summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <param name="key">The key of a record; the same for all where only the newest counts.</param>
    /// <param name="serializerOptions">
    /// How a record becomes JSON; null for <see cref="JsonSerializerOptions.Web"/>.
    /// </param>
    /// <param name="options">How it is sent; null for the defaults.</param>
    /// <remarks>Who comes gets the newest record of each key first.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    public static HttpOutput<T> Json<T, TKey>(
        Func<T, TKey> key, JsonSerializerOptions? serializerOptions = null, HttpOutputOptions? options = null)
        where TKey : notnull => Json(HttpIngest.TypeInfo<T>(serializerOptions), key, options);

    private static RecordSerializer<T> Serializing<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new RecordSerializer<T>(typeInfo);
    }
}
