using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.PostgreSql.Tests;

/// <summary>The numbers from 0, one at a time, each after a step of the test's own; can be read again.</summary>
internal sealed class SlowNumbers(int count, Func<int, ValueTask> before) : ISource<int>
{
    public Replayability Replayability => Replayability.Full;

    public ValueTask<IReadOnlyList<ISplitReader<int>>> OpenAsync(
        SourceContext<int> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<int>>)[new Reader(count, before)]);

    private sealed class Reader(int count, Func<int, ValueTask> before) : ISplitReader<int>
    {
        private int _next;

        public string Split => "numbers";

        public string? Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            _next = int.Parse(position, CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<int> buffer, CancellationToken cancellationToken)
        {
            if (_next == count)
            {
                return false;
            }

            await before(_next).AsTask().WaitAsync(cancellationToken);
            buffer.Add(_next++);
            return true;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
