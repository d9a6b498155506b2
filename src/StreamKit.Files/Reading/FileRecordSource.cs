using StreamKit.Connectors;

namespace StreamKit.Files.Reading;

/// <summary>The records of the files that a path or a pattern names.</summary>
internal sealed class FileRecordSource<T>(PathPattern pattern, RecordFormat<T> format, FileSourceOptions options)
    : ISource<T>
{
    public Replayability Replayability => Replayability.Full;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        bool isPattern = pattern.IsPattern;
        string[] files = isPattern ? pattern.Matches() : [pattern.FullPath];
        if (files.Length == 0 && !options.Follow)
        {
            throw new FileNotFoundException($"No file matches '{pattern.FullPath}'.", pattern.FullPath);
        }

        foreach (string file in files)
        {
            CheckReadable(file);
        }

        if (isPattern && options.Follow)
        {
            context.MoreSplitsMayCome = true;
            _ = new PatternWatch<T>(pattern, files, this, context).RunAsync(options.PollInterval, cancellationToken);
        }

        ISplitReader<T>[] readers = options.Splits == FileSplits.Concatenated
            ? [ReaderOf(pattern.FullPath, files, context)]
            : Array.ConvertAll(files, file => ReaderOf(file, [file], context));
        return ValueTask.FromResult<IReadOnlyList<ISplitReader<T>>>(readers);
    }

    public ISplitReader<T> ReaderOf(string split, string[] files, SourceContext<T> context) =>
        new FileSplitReader<T>(split, files, format, options, context);

    /// <summary>Says at once, and with the path, what would otherwise fail in the middle of the job.</summary>
    private static void CheckReadable(string file)
    {
        if (Directory.Exists(file))
        {
            throw new IOException($"'{file}' is a folder; name a file in it, or all of them with '*'.");
        }

        try
        {
            PlainFileStream.OpenHandle(file).Dispose();
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException($"There is no file '{file}': its folder does not exist.", file, e);
        }
        catch (FileNotFoundException e)
        {
            throw new FileNotFoundException($"There is no file '{file}'.", file, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"The file '{file}' may not be read by this process.", e);
        }
    }
}
