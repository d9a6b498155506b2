namespace StreamKit.Windowing;

/// <summary>What becomes of windows in processing time that are still open when the input ends.</summary>
public enum OnCompletion
{
    /// <summary>They say what they have, although their end has not come yet.</summary>
    Flush,

    /// <summary>They are dropped and say nothing; what they said early stands.</summary>
    Drop,
}
