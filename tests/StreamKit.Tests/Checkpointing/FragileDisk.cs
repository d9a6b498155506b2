using System.Buffers;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>
/// A disk in memory that keeps apart what programs see and what would be there after a loss of power, and that can fail
/// or lose power at any step.
/// </summary>
/// <remarks>
/// After a loss of power, a file has what was flushed, and of what was not any beginning, or noise of the same length;
/// a directory has the names that were flushed, and of the changes after that any subset. That is more than real file
/// systems do, and all that POSIX promises.
/// </remarks>
internal sealed class FragileDisk : ICheckpointFiles
{
    private Node _root = new(isDirectory: true);
    private int _steps;

    /// <summary>How many steps have been taken.</summary>
    public int Steps => _steps;

    /// <summary>The step, from 1, at which something goes wrong; null: none.</summary>
    public int? FailAt { get; set; }

    /// <summary>Whether power is lost then, or the step only fails.</summary>
    public bool LosesPower { get; set; }

    private bool IsDead { get; set; }

    /// <summary>Power comes back: what was not flushed is there or not, as the dice fall.</summary>
    public void Restart(Random dice)
    {
        _root = _root.AfterLossOfPower(dice);
        (FailAt, IsDead) = (null, false);
    }

    /// <summary>Only the program died: what it wrote is there.</summary>
    public void Revive() => (FailAt, IsDead) = (null, false);

    /// <summary>Every file, to be damaged.</summary>
    public IEnumerable<(string Path, Node File)> Files() => Walk(_root, string.Empty);

    public bool DirectoryExists(string path) => Find(path) is { IsDirectory: true };

    public IReadOnlyList<string> List(string path) =>
        Find(path) is { IsDirectory: true } directory ? [.. directory.Names.Keys] : [];

    public void CreateDirectory(string path)
    {
        (Node parent, string name) = Parent(path);
        if (!parent.Names.ContainsKey(name))
        {
            Step();
            parent.Change(new Link(name, new Node(isDirectory: true)));
        }
    }

    public ValueTask WriteAsync(
        string path, ReadOnlyMemory<byte> head, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        Step();
        (Node parent, string name) = Parent(path);
        if (!parent.Names.TryGetValue(name, out Node? file))
        {
            file = new Node(isDirectory: false);
            parent.Change(new Link(name, file));
        }

        file.Content = [];
        file.Content = [.. head.Span];
        Step();
        byte[] whole = [.. head.Span, .. content.ToArray()];
        file.Content = whole[..(whole.Length / 2)];
        Step();
        file.Content = whole;
        Step();
        file.Durable = whole;
        return ValueTask.CompletedTask;
    }

    public ValueTask<ReadOnlySequence<byte>?> ReadAsync(string path, CancellationToken cancellationToken) =>
        new(Find(path) is { IsDirectory: false } file ? new ReadOnlySequence<byte>(file.Content) : null);

    public void MoveFile(string from, string to) => Move(from, to, replace: true);

    public void MoveDirectory(string from, string to) => Move(from, to, replace: false);

    public void FlushDirectory(string path)
    {
        Step();
        (Find(path) ?? throw new DirectoryNotFoundException(path)).Flush();
    }

    public void DeleteFile(string path) => Delete(path);

    public void DeleteDirectory(string path) => Delete(path);

    public IDisposable? TryLock(string path)
    {
        (Node parent, string name) = Parent(path);
        if (!parent.Names.ContainsKey(name))
        {
            parent.Change(new Link(name, new Node(isDirectory: false)));
        }

        return new MemoryStream();
    }

    private void Step()
    {
        if (IsDead || ++_steps == FailAt)
        {
            IsDead = LosesPower;
            throw LosesPower ? new PowerLossException() : new IOException("The disk is full.");
        }
    }

    private void Move(string from, string to, bool replace)
    {
        Step();
        (Node parent, string old) = Parent(from);
        string name = Parent(to).Name;
        if (!replace && parent.Names.ContainsKey(name))
        {
            throw new IOException($"'{to}' exists.");
        }

        if (!parent.Names.TryGetValue(old, out Node? moved))
        {
            throw new DirectoryNotFoundException(from);
        }

        parent.Change(new Link(name, moved, old));
    }

    private void Delete(string path)
    {
        (Node parent, string name) = Parent(path);
        if (!parent.Names.TryGetValue(name, out Node? found))
        {
            throw new DirectoryNotFoundException(path);
        }

        if (found.IsDirectory && found.Names.Count > 0)
        {
            throw new IOException($"'{path}' is not empty.");
        }

        Step();
        parent.Change(new Link(name, null));
    }

    private Node? Find(string path)
    {
        Node? node = _root;
        foreach (string name in path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            node = node?.Names.GetValueOrDefault(name);
        }

        return node;
    }

    private (Node Directory, string Name) Parent(string path) =>
        (Find(Path.GetDirectoryName(path)!) ?? throw new DirectoryNotFoundException(path), Path.GetFileName(path));

    private static IEnumerable<(string, Node)> Walk(Node directory, string path) => directory.Names
        .SelectMany(entry => entry.Value.IsDirectory
            ? Walk(entry.Value, $"{path}/{entry.Key}")
            : [($"{path}/{entry.Key}", entry.Value)]);

    /// <summary>A change of one name: given to a node, taken from what had it before, or removed.</summary>
    internal sealed record Link(string Name, Node? Target, string? Before = null);

    /// <summary>A file or a directory.</summary>
    internal sealed class Node(bool isDirectory)
    {
        private readonly List<Link> _unflushed = [];
        private Dictionary<string, Node> _durable = [];

        public bool IsDirectory => isDirectory;

        public byte[] Content { get; set; } = [];

        public byte[] Durable { get; set; } = [];

        public Dictionary<string, Node> Names { get; private set; } = [];

        public void Change(Link link)
        {
            _unflushed.Add(link);
            Apply(Names, link);
        }

        public void Flush()
        {
            _durable = new Dictionary<string, Node>(Names);
            _unflushed.Clear();
        }

        public Node AfterLossOfPower(Random dice)
        {
            if (!isDirectory)
            {
                byte[] left = ContentAfterLossOfPower(dice);
                return new Node(isDirectory: false) { Content = left, Durable = left };
            }

            foreach (Link link in _unflushed.Where(_ => dice.Next(2) == 0))
            {
                Apply(_durable, link);
            }

            Dictionary<string, Node> names =
                _durable.ToDictionary(entry => entry.Key, entry => entry.Value.AfterLossOfPower(dice));
            return new Node(isDirectory: true) { Names = names, _durable = new Dictionary<string, Node>(names) };
        }

        // A rename whose old name never reached the disk has nothing to give a new name to.
        private static void Apply(Dictionary<string, Node> names, Link link)
        {
            if (link.Target is null)
            {
                names.Remove(link.Name);
            }
            else if (link.Before is null || names.Remove(link.Before))
            {
                names[link.Name] = link.Target;
            }
        }

        private byte[] ContentAfterLossOfPower(Random dice)
        {
            if (Content.AsSpan().SequenceEqual(Durable))
            {
                return Durable;
            }

            byte[] noise = new byte[Content.Length];
            dice.NextBytes(noise);
            return dice.Next(4) switch
            {
                0 => Durable,
                1 => Content[..dice.Next(Content.Length + 1)],
                2 => noise,
                _ => Content,
            };
        }
    }
}
