using MessagePack;

namespace StreamKit.Tests.Serialization;

/// <summary>A cart under another name.</summary>
[MessagePackObject]
public sealed class InnerCartWithItems
{
    [Key(0)]
    public int Id { get; set; }

    [Key(1)]
    public List<string> Items { get; set; } = [];
}
