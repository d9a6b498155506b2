namespace StreamKit.Pictures.Tests;

/// <summary>A line of a picture below its axis.</summary>
/// <param name="After">How many records had arrived.</param>
internal abstract record Row(int After);
