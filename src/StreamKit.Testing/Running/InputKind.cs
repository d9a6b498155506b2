namespace StreamKit.Testing.Running;

/// <summary>What is pushed into one of two inputs.</summary>
internal enum InputKind
{
    Left,
    Right,
    LeftWatermark,
    RightWatermark,
    LeftIdle,
    RightIdle,
}
