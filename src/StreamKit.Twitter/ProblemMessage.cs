namespace StreamKit.Twitter;

/// <summary>
/// The service reports problems and delivers no post: a disconnect, a refused connection, a bad request.
/// </summary>
public sealed class ProblemMessage : StreamMessage
{
    internal ProblemMessage(StreamProblem[] problems) => Problems = problems;

    /// <summary>The problems in delivered order, at least one.</summary>
    public IReadOnlyList<StreamProblem> Problems { get; }

    /// <summary>Whether one of the problems says that the service closes the stream.</summary>
    public bool IsDisconnect => Problems.Any(problem => problem.IsDisconnect);
}
