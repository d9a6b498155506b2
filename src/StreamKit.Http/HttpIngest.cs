using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamKit.Http;

/// <summary>Sources that HTTP requests fill.</summary>
/// <remarks>
/// An ingest is given to <see cref="StreamBuilder"/> as a source, and mapped to routes with
/// <see cref="HttpStreamExtensions.MapStreamIngest{T}"/>.
/// </remarks>
public static class HttpIngest
{
    private const string JsonNeedsReflection =
        "JSON is mapped by reflection; pass a JsonTypeInfo<T> of a JsonSerializerContext instead.";

    /// <summary>Takes each JSON value for a record.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="typeInfo">How the JSON becomes a record, from a JsonSerializerContext.</param>
    /// <param name="options">What is accepted; null for the defaults.</param>
    /// <remarks>JSON null is no record.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// HttpIngest&lt;PageView&gt; views = HttpIngest.Json(PageJson.Default.PageView)
    /// </code></example>
    public static HttpIngest<T> Json<T>(JsonTypeInfo<T> typeInfo, HttpIngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Parse((json, _) => JsonSerializer.Deserialize(json, typeInfo)!, typeInfo.Options, options);
    }

    /// <summary>Makes a record of each JSON value and of the request that it came with.</summary>
    /// <typeparam name="TJson">What the JSON holds.</typeparam>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="typeInfo">How the JSON is read, from a JsonSerializerContext.</param>
    /// <param name="map">Makes the record; what it may throw is said at <see cref="HttpRecordParser{T}"/>.</param>
    /// <param name="options">What is accepted; null for the defaults.</param>
    /// <remarks>JSON null is no record.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <example><code>
    /// HttpIngest.Json(PageJson.Default.Beacon, (beacon, request) => new PageView(beacon.Page, request.ReceivedAt))
    /// </code></example>
    public static HttpIngest<T> Json<TJson, T>(
        JsonTypeInfo<TJson> typeInfo, Func<TJson, HttpIngestRequest, T> map, HttpIngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentNullException.ThrowIfNull(map);
        return Parse(
            (json, request) => JsonSerializer.Deserialize(json, typeInfo) is { } value
                ? map(value, request)
                : throw new FormatException("JSON null is no record."),
            typeInfo.Options,
            options);
    }

    /// <summary>Takes each JSON value for a record, mapped by reflection.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="serializerOptions">
    /// How the JSON becomes a record; null for <see cref="JsonSerializerOptions.Web"/>.
    /// </param>
    /// <param name="options">What is accepted; null for the defaults.</param>
    /// <remarks>JSON null is no record.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    public static HttpIngest<T> Json<T>(
        JsonSerializerOptions? serializerOptions = null, HttpIngestOptions? options = null) =>
        Json(TypeInfo<T>(serializerOptions), options);

    /// <summary>
    /// Makes a record of each JSON value, mapped by reflection, and of the request that it came with.
    /// </summary>
    /// <typeparam name="TJson">What the JSON holds.</typeparam>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="map">Makes the record; what it may throw is said at <see cref="HttpRecordParser{T}"/>.</param>
    /// <param name="serializerOptions">
    /// How the JSON is read; null for <see cref="JsonSerializerOptions.Web"/>.
    /// </param>
    /// <param name="options">What is accepted; null for the defaults.</param>
    /// <remarks>JSON null is no record.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    public static HttpIngest<T> Json<TJson, T>(
        Func<TJson, HttpIngestRequest, T> map,
        JsonSerializerOptions? serializerOptions = null,
        HttpIngestOptions? options = null) => Json(TypeInfo<TJson>(serializerOptions), map, options);

    /// <summary>Lets a parser make a record of each JSON value.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="parser">Makes the record.</param>
    /// <param name="options">What is accepted; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static HttpIngest<T> Parse<T>(HttpRecordParser<T> parser, HttpIngestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parser);
        return Parse(parser, new JsonSerializerOptions(), options);
    }

    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    internal static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions? serializerOptions)
    {
        JsonSerializerOptions options = serializerOptions ?? JsonSerializerOptions.Web;
        options.MakeReadOnly(populateMissingResolver: true);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    // The array around the values is read by the same rules as the values.
    private static HttpIngest<T> Parse<T>(
        HttpRecordParser<T> parser, JsonSerializerOptions json, HttpIngestOptions? options) =>
        new(
            parser,
            new JsonReaderOptions
            {
                AllowTrailingCommas = json.AllowTrailingCommas,
                CommentHandling = json.ReadCommentHandling == JsonCommentHandling.Skip
                    ? JsonCommentHandling.Skip
                    : JsonCommentHandling.Disallow,
                MaxDepth = json.MaxDepth == 0 ? 64 : Math.Min(json.MaxDepth, int.MaxValue - 1) + 1,
            },
            (options ?? new HttpIngestOptions()).Validated());
}
