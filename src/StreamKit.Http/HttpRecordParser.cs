namespace StreamKit.Http;

/// <summary>Makes a record of one JSON value.</summary>
/// <typeparam name="T">The type of the record.</typeparam>
/// <param name="json">The value, in UTF-8; not checked yet, and gone when the call returns.</param>
/// <param name="request">The request that it came with.</param>
/// <returns>The record.</returns>
/// <remarks>
/// Called by several requests at a time. A <see cref="System.Text.Json.JsonException"/>, a
/// <see cref="FormatException"/> and an <see cref="OverflowException"/> say that the value is no record, as null does;
/// any other exception fails the request with status 500.
/// </remarks>
public delegate T HttpRecordParser<out T>(ReadOnlySpan<byte> json, HttpIngestRequest request);
