using Microsoft.Extensions.Logging;

namespace StreamKit.Twitter.Live;

/// <summary>What all parts of one filtered stream share.</summary>
/// <param name="Options">How it is read.</param>
/// <param name="Name">The name of the source in its pipeline.</param>
/// <param name="Clock">The clock of the job.</param>
/// <param name="Logger">Where it logs.</param>
internal sealed record StreamSurroundings(
    FilteredStreamOptions Options,
    string Name,
    TimeProvider Clock,
    ILogger Logger);
