namespace StreamKit.Http.Ingest;

/// <summary>A job that reads from an ingest.</summary>
/// <param name="Source">The name of the source in its pipeline.</param>
/// <param name="Clock">Its clock.</param>
internal sealed record IngestSession(string Source, TimeProvider Clock);
