using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.Testing.Simulation;

/// <summary>A source whose splits deliver in pieces, with delays, and fail now and then.</summary>
internal sealed class SimulatedSource<T>(SimulationWorld world, IReadOnlyList<IReadOnlyList<T>> splits) : ISource<T>
{
    public Replayability Replayability => Replayability.Full;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        await world.DelayAsync(cancellationToken).ConfigureAwait(true);
        world.FailIfStruck("a source could not be opened");
        return [.. splits.Select((records, number) => new Reader(world, number, records))];
    }

    private sealed class Reader(SimulationWorld world, int number, IReadOnlyList<T> records) : ISplitReader<T>
    {
        private const int MostAtOnce = 4;

        private int _next;

        public string Split => string.Create(CultureInfo.InvariantCulture, $"split/{number}");

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public async ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            _next = int.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            await world.DelayAsync(cancellationToken).ConfigureAwait(true);
            world.FailIfStruck($"split {number} could not be read at {_next}");
            int count = Math.Min(Math.Min(buffer.Remaining, 1 + world.Random.Next(MostAtOnce)), records.Count - _next);
            for (int i = 0; i < count; i++)
            {
                buffer.Add(records[_next++]);
            }

            return count > 0;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
