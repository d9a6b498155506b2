using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>A split that says nothing until a task has completed; then one record.</summary>
internal sealed class GatedSplit(Task gate, At record) : ISplitReader<At>
{
    private bool _done;

    public string Split => "gated";

    public string? Position => null;

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async ValueTask<bool> ReadAsync(RecordBuffer<At> buffer, CancellationToken cancellationToken)
    {
        if (_done)
        {
            return false;
        }

        await gate.WaitAsync(cancellationToken);
        _done = true;
        buffer.Add(record);
        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
