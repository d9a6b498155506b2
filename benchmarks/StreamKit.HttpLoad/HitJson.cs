using System.Text.Json.Serialization;

namespace StreamKit.HttpLoad;

[JsonSerializable(typeof(Hit))]
[JsonSerializable(typeof(Hit[]))]
internal sealed partial class HitJson : JsonSerializerContext;
