using Microsoft.Extensions.Logging;

namespace StreamKit.Files.Reading;

/// <summary>What is worth knowing about followed files but is no error.</summary>
internal static partial class FileLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "'{Path}' was {Ending} at {Position}; reading begins again at the start of the file of this name.")]
    public static partial void StartedAgain(this ILogger logger, string path, FileEnding ending, FilePosition position);
}
