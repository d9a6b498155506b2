using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Graph;

namespace StreamKit;

/// <summary>Where a pipeline is written down: sources, what happens to their records, and where these go.</summary>
/// <remarks>
/// Nothing runs before <see cref="StreamPipeline.Start"/>. A builder is used by one thread at a time.
/// </remarks>
public sealed class StreamBuilder
{
    private StreamGraph? _graph = new();
    private StreamBuilder? _mergedInto;

    private StreamBuilder(string name) => Name = name;

    /// <summary>The pipeline's name.</summary>
    public string Name { get; }

    internal StreamGraph Graph => _mergedInto?.Graph ?? _graph!; // One of the two is set.

    /// <summary>Begins a pipeline.</summary>
    /// <param name="name">Its name, as it appears in logs and metrics.</param>
    public static StreamBuilder Create(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new StreamBuilder(name);
    }

    /// <summary>A stream of what a source delivers.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="source">The source.</param>
    /// <param name="name">The name of the step; null: "source" and a number.</param>
    public DataStream<T> From<T>(ISource<T> source, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new DataStream<T>(this, Graph.Add(new SourceNode<T>(source) { GivenName = name }));
    }

    /// <summary>
    /// A stream of the records of a sequence. An array or a list is read where it lies and must not change.
    /// </summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="records">The sequence.</param>
    /// <param name="name">The name of the step; null: "source" and a number.</param>
    public DataStream<T> From<T>(IEnumerable<T> records, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return From(new EnumerableSource<T>(records), name);
    }

    /// <summary>A stream of the records of an asynchronous sequence.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="records">The sequence; it is asked for the next record only when there is room for it.</param>
    /// <param name="name">The name of the step; null: "source" and a number.</param>
    public DataStream<T> From<T>(IAsyncEnumerable<T> records, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return From(new AsyncEnumerableSource<T>(records), name);
    }

    /// <summary>A stream of what is written to a channel; it ends when the channel is completed.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="channel">The channel's reader.</param>
    /// <param name="name">The name of the step; null: "source" and a number.</param>
    public DataStream<T> From<T>(ChannelReader<T> channel, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return From(new ChannelSource<T>(channel), name);
    }

    /// <summary>A stream of what an observable pushes.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="observable">The observable; the job subscribes when it starts.</param>
    /// <param name="capacity">
    /// How many records may wait, because an observable cannot be slowed down. Default: 65,536.
    /// </param>
    /// <param name="whenFull">What happens when one more comes. Default: the job fails.</param>
    public DataStream<T> From<T>(IObservable<T> observable, int capacity = 65_536, WhenFull whenFull = WhenFull.Fail)
    {
        ArgumentNullException.ThrowIfNull(observable);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return From(new ObservableSource<T>(observable, capacity, whenFull));
    }

    /// <summary>Checks the whole pipeline and makes it ready to run.</summary>
    /// <exception cref="PipelineException">Something is wrong; the message lists every
    /// mistake and what to do.</exception>
    public StreamPipeline Build()
    {
        IReadOnlyList<string> mistakes = Graph.Validate();
        return mistakes.Count == 0 ? new StreamPipeline(Name, Graph) : throw new PipelineException(Name, mistakes);
    }

    /// <summary>Makes the other builder's pipeline a part of this one.</summary>
    internal void Absorb(StreamBuilder other)
    {
        if (!ReferenceEquals(Graph, other.Graph))
        {
            StreamBuilder root = other;
            while (root._mergedInto is { } next)
            {
                root = next;
            }

            Graph.Absorb(root.Graph);
            root._mergedInto = this;
            root._graph = null;
        }
    }
}
