using System.Text.Json.Serialization;

namespace StreamKit.KafkaBench;

[JsonSerializable(typeof(Click))]
[JsonSerializable(typeof(PageCount))]
internal sealed partial class BenchContext : JsonSerializerContext;
