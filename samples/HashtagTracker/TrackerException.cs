namespace HashtagTracker;

/// <summary>Something that the caller has to mend; the message is for them, and all that they are shown.</summary>
internal sealed class TrackerException(string message) : Exception(message);
