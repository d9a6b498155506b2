using System.Text.Json.Serialization;

namespace StreamKit.Files.Tests;

[JsonSerializable(typeof(Row))]
public sealed partial class RowContext : JsonSerializerContext;
