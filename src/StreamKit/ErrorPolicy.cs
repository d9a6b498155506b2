using StreamKit.Connectors;
using StreamKit.Runtime;

namespace StreamKit;

/// <summary>What becomes of a record that an operator or a source cannot process. It never vanishes unseen.</summary>
public sealed class ErrorPolicy
{
    private ErrorPolicy(FailureHandling handling) => Handling = handling;

    /// <summary>The job fails with a <see cref="Diagnostics.StreamException"/>. The default.</summary>
    public static ErrorPolicy Fail { get; } = new(new FailureHandling { GoesOn = false });

    /// <summary>The record is left out, counted at its operator and logged as a warning.</summary>
    public static ErrorPolicy Skip { get; } = new(new FailureHandling { GoesOn = true });

    internal FailureHandling Handling { get; }

    /// <summary>
    /// The record is left out, counted, logged, and written to a sink with all that is known about it.
    /// </summary>
    /// <param name="sink">Where it is written; if the sink fails, the job fails.</param>
    public static ErrorPolicy DeadLetter(ISink<DeadLetter> sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return new(new FailureHandling { GoesOn = true, DeadLetters = sink });
    }
}
