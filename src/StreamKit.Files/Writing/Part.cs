namespace StreamKit.Files.Writing;

/// <summary>A file that is written under one name and becomes visible under another.</summary>
/// <param name="Pending">Its name in the folder of pending files.</param>
/// <param name="Target">Where it will be, from the root of the sink's files.</param>
internal readonly record struct Part(string Pending, string Target);
