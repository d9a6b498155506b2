namespace StreamKit.Workloads.CommandLine;

/// <summary>The command line cannot be followed; the message says why and what would be accepted.</summary>
internal sealed class UsageException(string message) : Exception(message);
