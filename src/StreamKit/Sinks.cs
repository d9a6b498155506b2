using StreamKit.Connectors;

namespace StreamKit;

/// <summary>Sinks that need no package of their own.</summary>
public static class Sinks
{
    /// <summary>Writes every record as a line to the console.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="format">The line of a record; null: its <see cref="object.ToString"/>.</param>
    public static ISink<T> Console<T>(Func<T, string>? format = null) => Text(System.Console.Out, format);

    /// <summary>Writes every record as a line of text.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="writer">Where to; it is flushed, and not disposed.</param>
    /// <param name="format">The line of a record; null: its <see cref="object.ToString"/>.</param>
    public static ISink<T> Text<T>(TextWriter writer, Func<T, string>? format = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return new TextSink<T>(writer, format ?? (static record => record?.ToString() ?? ""));
    }

    /// <summary>Calls an asynchronous delegate with every record, one at a time.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="action">The delegate; the job fails when it throws.</param>
    public static ISink<T> ForEach<T>(Func<T, CancellationToken, ValueTask> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new DelegateSink<T>(action);
    }
}
