using System.IO.Hashing;
using StreamKit.State;

namespace StreamKit.Spill;

/// <summary>Writes a run to a new file.</summary>
internal sealed class SpillFileWriter : IStateRunWriter
{
    // Sections of small runs go out together.
    private const int BufferBytes = 1 << 17;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly List<(long End, ulong Checksum)> _sections = [];
    private long _bytes;
    private bool _isComplete;

    public SpillFileWriter(string path)
    {
        _path = path;
        _file = Failures.Told($"write '{path}'", () =>
            new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes));
    }

    public void Write(ReadOnlySpan<byte> section)
    {
        try
        {
            _file.Write(section);
        }
        catch (Exception exception) when (Failures.IsOfFiles(exception))
        {
            throw Failures.Of($"write '{_path}'", exception);
        }

        _bytes += section.Length;
        _sections.Add((_bytes, section.IsEmpty ? 0 : XxHash3.HashToUInt64(section)));
    }

    public IStateRun Complete()
    {
        // Nothing has to survive the process, so nothing is forced to the disk.
        Failures.Told($"write '{_path}'", () =>
        {
            _file.Dispose();
            return true;
        });
        _isComplete = true;
        return new SpillFile(_path, _sections);
    }

    public void Dispose()
    {
        if (_isComplete)
        {
            return;
        }

        try
        {
            _file.Dispose();
        }
        catch (Exception exception) when (Failures.IsOfFiles(exception))
        {
            // What failed has been told, and the file goes.
        }

        SpillFile.Remove(_path);
    }
}
