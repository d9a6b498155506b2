using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>A source that does what a test says at each moment of its life.</summary>
internal sealed class ScriptedSource<T>(params IReadOnlyList<ISplitReader<T>> splits) : ISource<T>
{
    public Replayability Replayability => Replayability.None;

    public Func<SourceContext<T>, CancellationToken, Task>? OnOpen { get; init; }

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        if (OnOpen is { } onOpen)
        {
            await onOpen(context, cancellationToken);
        }

        return splits;
    }
}
