namespace StreamKit.Twitter;

/// <summary>What becomes of the errors that come along with a post that is good.</summary>
public enum PartialErrors
{
    /// <summary>
    /// The post is delivered, and the errors go to the job's error policy, as a <see cref="TwitterApiException"/> with
    /// the bytes of the line. The policy of a job that says nothing is to fail.
    /// </summary>
    Report,

    /// <summary>The post is delivered, and the errors are only counted and told as a
    /// <see cref="ConnectionEvent"/>.</summary>
    Accept,
}
