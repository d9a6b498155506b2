namespace StreamKit.Pictures.Tests;

/// <summary>Something that happened and is no record: a watermark, time that went by, the end.</summary>
/// <param name="After">How many records had arrived.</param>
/// <param name="Text">What is written there.</param>
/// <param name="At">Where it is on the axis; null: nowhere.</param>
internal sealed record Mark(int After, string Text, double? At) : Row(After);
