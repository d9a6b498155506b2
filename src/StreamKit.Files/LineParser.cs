namespace StreamKit.Files;

/// <summary>Makes a record of one line.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <param name="line">The bytes of the line, valid UTF-8, without its line end; valid only during the call.</param>
/// <param name="record">The record, if the line yields one; null is none.</param>
/// <returns>False when the line rightly yields no record, such as a comment or a keep-alive.</returns>
/// <remarks>
/// Throw when the line is no record: the exception goes to the error policy of the job with the line and its position.
/// Each split calls it from one thread at a time, several splits may call it at once.
/// </remarks>
public delegate bool LineParser<T>(ReadOnlySpan<byte> line, out T? record);
