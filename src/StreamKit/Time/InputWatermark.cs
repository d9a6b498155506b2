namespace StreamKit.Time;

/// <summary>What a merge knows of one of its inputs.</summary>
/// <param name="Watermark">How far it has come; <see cref="long.MinValue"/> while nothing is known.</param>
/// <param name="IsIdle">Whether it is silent.</param>
/// <param name="HasEnded">Whether it has ended, so that the rest means nothing.</param>
internal readonly record struct InputWatermark(long Watermark, bool IsIdle, bool HasEnded = false)
{
    public static InputWatermark Unknown => new(long.MinValue, IsIdle: false);

    public static InputWatermark Ended => new(long.MaxValue, IsIdle: false, HasEnded: true);
}
