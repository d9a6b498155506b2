namespace StreamKit;

/// <summary>Which of several records with one id is the first, and goes through.</summary>
public enum FirstBy
{
    /// <summary>
    /// The one with the smallest event time; among equals, the one that arrived first. Which records go through does
    /// not depend on the order of arrival, and each waits until the watermark has passed it.
    /// </summary>
    EventTime,

    /// <summary>
    /// The one that arrives first, at once. Which one that is depends on the order of arrival.
    /// </summary>
    Arrival,
}
