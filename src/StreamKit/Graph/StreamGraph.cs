using System.Globalization;
using System.Text;
using StreamKit.Time;

namespace StreamKit.Graph;

/// <summary>The logical pipeline: all steps in the order in which they were written.</summary>
internal sealed class StreamGraph
{
    private readonly List<StreamNode> _nodes = [];
    private int _lastId;

    public IReadOnlyList<StreamNode> Nodes => _nodes;

    public TNode Add<TNode>(TNode node)
        where TNode : StreamNode
    {
        _nodes.Add(node);
        node.Id = ++_lastId;
        return node;
    }

    /// <summary>Adds an output that belongs to one run only and goes when the result is disposed.</summary>
    public IDisposable AddForOneRun<T>(SinkNode<T> node)
    {
        Add(node);
        return new OneRun(() =>
        {
            _nodes.Remove(node);
            node.Disconnect();
        });
    }

    /// <summary>Takes over the steps of another graph.</summary>
    public void Absorb(StreamGraph other)
    {
        foreach (StreamNode node in other._nodes)
        {
            Add(node);
        }

        other._nodes.Clear();
    }

    /// <summary>Everything that is wrong, each with the name of the step and what to do.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [.. _nodes.SelectMany(static node => node.Validate())];
        IEnumerable<IGrouping<string, StreamNode>> names = _nodes.GroupBy(static node => node.Name);
        foreach (IGrouping<string, StreamNode> twins in names.Where(static group => group.Count() > 1))
        {
            mistakes.Add($"'{twins.Key}' is the name of {twins.Count()} steps: give each its own with Named.");
        }

        if (!_nodes.Any(static node => node is ISinkNode))
        {
            mistakes.Add("The pipeline has no output: end a stream with To, ForEach or ReadAllAsync.");
        }

        return mistakes;
    }

    /// <summary>The pipeline as a Mermaid flow chart; thick arrows are exchanges between subtasks.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (StreamNode node in _nodes)
        {
            string lanes = node.IsParallel ? " ×N" : "";
            string domain = node.Domain == TimeDomain.Processing ? ", processing time" : "";
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Id}[\"{Escape(node.Name)}{lanes}{domain}\"]\n");
        }

        foreach (StreamNode node in _nodes)
        {
            foreach (StreamNode consumer in node.ConsumerNodes)
            {
                string arrow = consumer.IsExchange ? "==>" : "-->";
                text.Append(CultureInfo.InvariantCulture, $"  n{node.Id} {arrow} n{consumer.Id}\n");
            }
        }

        return text.ToString();
    }

    private sealed class OneRun(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private static string Escape(string name) => name.Replace("\"", "#quot;", StringComparison.Ordinal);
}
