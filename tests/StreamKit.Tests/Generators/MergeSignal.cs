namespace StreamKit.Tests.Generators;

/// <summary>What an input of a merged watermark can report.</summary>
public enum MergeSignal
{
    Watermark,
    Idle,
    Active,
    Done,
}
