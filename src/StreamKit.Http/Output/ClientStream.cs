namespace StreamKit.Http.Output;

/// <summary>Sends one client what is for it.</summary>
internal abstract class ClientStream(FrameHub hub, OutputClient client)
{
    /// <summary>Sends until the client is gone.</summary>
    protected async Task SendAllAsync(CancellationToken cancellationToken)
    {
        foreach (OutputFrame first in client.First)
        {
            if (!await SendAsync(first, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        await foreach (OutputFrame frame in client.Frames.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            OutputFrame? next = frame;
            if ((client.TakeDropped() is > 0 and var dropped
                    && !await SendAsync(hub.CatchUp(client, ref next, dropped), cancellationToken)
                        .ConfigureAwait(false))
                || (next is not null && !await SendAsync(next, cancellationToken).ConfigureAwait(false)))
            {
                return;
            }
        }
    }

    /// <summary>Sends a frame; false where nobody takes it any more.</summary>
    protected abstract ValueTask<bool> SendAsync(OutputFrame frame, CancellationToken cancellationToken);
}
