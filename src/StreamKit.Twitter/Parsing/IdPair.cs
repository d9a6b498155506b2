namespace StreamKit.Twitter.Parsing;

/// <summary>An id that v1.1 delivers twice: as a number, which may have been rounded, and as text.</summary>
internal struct IdPair
{
    internal long? Plain;
    internal long? Text;

    internal readonly long? Value => Text ?? Plain;
}
