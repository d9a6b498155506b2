using StreamKit.Serialization;

namespace StreamKit.Spill;

/// <summary>Failures of the file system, as the engine is told of them.</summary>
internal static class Failures
{
    public static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static StateException Of(string what, Exception cause) => new(
        $"Cannot spill state: {what} failed: {cause.Message} "
            + "Make room there, or name another directory in StateLimits.Spill.",
        cause);

    public static T Told<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw Of(what, exception);
        }
    }
}
