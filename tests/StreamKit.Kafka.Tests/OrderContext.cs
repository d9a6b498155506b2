using System.Text.Json.Serialization;

namespace StreamKit.Kafka.Tests;

[JsonSerializable(typeof(Order))]
internal sealed partial class OrderContext : JsonSerializerContext;
