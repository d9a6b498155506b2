namespace HashtagTracker.EndToEnd.Tests;

/// <summary>Tests that share the servers, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWorld : ICollectionFixture<World>
{
    public const string Name = "world";
}
