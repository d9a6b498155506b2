using System.Text.Json.Serialization;

namespace StreamKit.Http.Tests;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Hit))]
[JsonSerializable(typeof(PageCount))]
internal sealed partial class HitJson : JsonSerializerContext;
