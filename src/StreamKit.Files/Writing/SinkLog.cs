using Microsoft.Extensions.Logging;

namespace StreamKit.Files.Writing;

/// <summary>What a sink does to a file without being told.</summary>
internal static partial class SinkLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "'{Path}' ended with {Bytes} bytes of a half-written record; they were cut off before writing on.")]
    public static partial void CutOff(this ILogger logger, string path, long bytes);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "'{Path}' was written before and has been taken away since.")]
    public static partial void TakenAway(this ILogger logger, string path);
}
