namespace StreamKit.Checkpointing;

/// <summary>What a file of the directory store holds. The numbers are on disk.</summary>
internal enum FileKind : byte
{
    Part = 1,
    Manifest = 2,
    Owner = 3,
}
