using System.Text.Json;
using System.Text.Json.Serialization;

namespace HashtagTracker.Live;

/// <summary>The JSON form of a snapshot: camel case, no white space, so that it fits in one line of an event.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DashboardSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
