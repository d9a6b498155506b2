using System.Text.Json;
using System.Text.Json.Serialization;

namespace HashtagTracker;

/// <summary>A post as a message of Kafka: <c>{"createdAt":"2026-01-01T00:00:00Z","hashtags":["dotnet"]}</c>; both
/// must be there, anything else may.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TaggedPost))]
internal sealed partial class PostJson : JsonSerializerContext;
