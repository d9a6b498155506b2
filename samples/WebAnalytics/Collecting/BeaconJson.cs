using System.Text.Json.Serialization;

namespace WebAnalytics.Collecting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Beacon))]
[JsonSerializable(typeof(PageCount))]
internal sealed partial class BeaconJson : JsonSerializerContext;
