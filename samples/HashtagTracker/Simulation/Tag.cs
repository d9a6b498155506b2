namespace HashtagTracker.Simulation;

/// <summary>A hashtag with what every tweet that bears it needs,
/// made once so that two million tweets share it.</summary>
internal sealed class Tag(string name)
{
    public string Name { get; } = name;

    /// <summary>What is put at the end of a text.</summary>
    public string Suffix { get; } = " #" + name;

    /// <summary>The tags of a tweet that bears this one only.</summary>
    public string[] Alone { get; } = [name];
}
