using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>A split that delivers its batches one read at a time, then does what the test says, then ends.</summary>
internal sealed class ScriptedSplit<T>(string name, params IReadOnlyList<T[]> batches) : ISplitReader<T>
{
    private int _next;

    public string Split { get; } = name;

    public string? Position => null;

    public int Disposals { get; private set; }

    public Func<CancellationToken, Task>? BeforeEnd { get; init; }

    public Action? OnDispose { get; init; }

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        if (_next == batches.Count)
        {
            await (BeforeEnd?.Invoke(cancellationToken) ?? Task.CompletedTask);
            return false;
        }

        foreach (T record in batches[_next++])
        {
            buffer.Add(record);
        }

        return true;
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        OnDispose?.Invoke();
        return ValueTask.CompletedTask;
    }
}
