namespace StreamKit.Http.Ingest;

/// <summary>A record and how many bytes of JSON it was.</summary>
internal readonly record struct ParsedRecord<T>(T Record, int Bytes);
