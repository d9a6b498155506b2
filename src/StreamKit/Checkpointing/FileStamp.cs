namespace StreamKit.Checkpointing;

/// <summary>Says which file of which session a file is, so that no other can take its place unseen.</summary>
/// <param name="Kind">What is in it.</param>
/// <param name="Checkpoint">The checkpoint's number; zero where the file belongs to none.</param>
/// <param name="Session">The session that wrote it.</param>
internal readonly record struct FileStamp(FileKind Kind, long Checkpoint, SessionMark Session);
