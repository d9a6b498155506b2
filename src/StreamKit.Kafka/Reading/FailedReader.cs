using System.Runtime.ExceptionServices;
using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>
/// A split that stands for an error: whoever reads it gets it. So a failure reaches the job also where no partition is
/// being read.
/// </summary>
internal sealed class FailedReader<T>(string split, Exception error) : ISplitReader<T>
{
    public string Split => split;

    public string? Position => null;

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken) => Fail<ValueTask>();

    public ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken) =>
        Fail<ValueTask<bool>>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TResult Fail<TResult>()
    {
        ExceptionDispatchInfo.Throw(error);
        return default;
    }
}
