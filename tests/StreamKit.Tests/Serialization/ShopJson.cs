using System.Text.Json.Serialization;

namespace StreamKit.Tests.Serialization;

[JsonSerializable(typeof(Visit))]
internal sealed partial class ShopJson : JsonSerializerContext;
