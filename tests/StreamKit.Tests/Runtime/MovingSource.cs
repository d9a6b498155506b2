using System.Globalization;
using System.Threading.Channels;
using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>
/// A source whose splits a test adds while it is read, and gives to others; it writes down what it is told.
/// </summary>
internal sealed class MovingSource : ISource<At>
{
    private readonly Channel<IReadOnlyList<SplitPosition>> _told =
        Channel.CreateUnbounded<IReadOnlyList<SplitPosition>>();

    public Replayability Replayability => Replayability.Full;

    /// <summary>What a job offers, once it has opened the source.</summary>
    public SourceContext<At> Context { get; private set; } = null!;

    public bool IsOpen => Context is not null;

    /// <summary>What happened, in its order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What the source does when it is told of a checkpoint, besides noting it.</summary>
    public Func<ValueTask> WhenTold { get; init; } = static () => ValueTask.CompletedTask;

    /// <summary>What the source was told of so far, the oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<SplitPosition>> TakeTold()
    {
        var all = new List<IReadOnlyList<SplitPosition>>();
        while (_told.Reader.TryRead(out IReadOnlyList<SplitPosition>? told))
        {
            all.Add(told);
        }

        return all;
    }

    public ValueTask<IReadOnlyList<ISplitReader<At>>> OpenAsync(
        SourceContext<At> context, CancellationToken cancellationToken)
    {
        context.MoreSplitsMayCome = true;
        context.OnCheckpointCompleted(async (positions, _) =>
        {
            await WhenTold();
            _told.Writer.TryWrite(positions);
        });
        context.DisposeLater(new Resource(() => Note("resource disposed")));
        Context = context;
        return new([]);
    }

    /// <summary>A split that holds a record for each of some seconds.</summary>
    public Split Create(string name, params IEnumerable<int> seconds) => new(this, name, [.. seconds]);

    public void Note(string what)
    {
        lock (Log)
        {
            Log.Add(what);
        }
    }

    private sealed class Resource(Action dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            dispose();
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class Split(MovingSource source, string name, int[] seconds) : ISplitReader<At>
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _next;

        string ISplitReader<At>.Split => name;

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public bool IsHandedOver { get; private set; }

        /// <summary>
        /// The second of a record that comes in the moment in which a read is cancelled; null: none does.
        /// </summary>
        public int? LastSecond { get; set; }

        /// <summary>Ends the split here: for good, or because another process goes on with it.</summary>
        public void Leave(bool isHandedOver)
        {
            IsHandedOver = isHandedOver;
            _left.SetResult();
        }

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            source.Note($"{name} seeks {position}");
            _next = int.Parse(position, CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<At> buffer, CancellationToken cancellationToken)
        {
            if (_next == seconds.Length)
            {
                try
                {
                    await _left.Task.WaitAsync(cancellationToken);
                    return false;
                }
                catch (OperationCanceledException) when (LastSecond is not null)
                {
                    buffer.Add(new At(LastSecond.Value, name));
                    _next++;
                    return true;
                }
            }

            while (_next < seconds.Length && !buffer.IsFull)
            {
                buffer.Add(new At(seconds[_next++], name));
            }

            return true;
        }

        public ValueTask DisposeAsync()
        {
            source.Note($"{name} disposed");
            return ValueTask.CompletedTask;
        }
    }
}
