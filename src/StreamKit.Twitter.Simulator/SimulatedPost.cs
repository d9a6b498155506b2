namespace StreamKit.Twitter.Simulator;

/// <summary>A post as the simulated service has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; hashtags and mentions are found in it.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record SimulatedPost(long Id, string Text, DateTimeOffset CreatedAt)
{
    /// <summary>Its language. Default: en.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The id of its author. Default: 1.</summary>
    public long AuthorId { get; init; } = 1;

    /// <summary>The user name of its author, without '@'. Default: someone.</summary>
    public string AuthorName { get; init; } = "someone";

    /// <summary>
    /// An id that could not be delivered along: the line then holds a post and <c>errors</c>. Default: null.
    /// </summary>
    public long? MissingReference { get; init; }
}
