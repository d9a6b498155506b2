using StreamKit.Connectors;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Replaying;

/// <summary>A recorded file as a source with one split.</summary>
internal sealed class ReplaySource<T>(RecordedFile file, ReplaySpeed speed, ReplayForm<T> form) : ISource<T>
{
    public Replayability Replayability => Replayability.Full;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context,
        CancellationToken cancellationToken)
    {
        PipeLines lines = await file.OpenAsync(LinePosition.Start, cancellationToken).ConfigureAwait(false);
        return [new ReplayReader<T>(file, lines, form, speed, context)];
    }
}
