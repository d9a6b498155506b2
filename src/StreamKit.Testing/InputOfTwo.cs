using StreamKit.Testing.Running;

namespace StreamKit.Testing;

/// <summary>What a <see cref="JoinTest{TLeft,TRight,TOut}"/> pushes: something of one of two inputs.</summary>
/// <typeparam name="TLeft">The type of the records of the first input.</typeparam>
/// <typeparam name="TRight">The type of the records of the second input.</typeparam>
/// <remarks>Made by the methods of the test.</remarks>
public readonly record struct InputOfTwo<TLeft, TRight>
{
    internal InputOfTwo(InputKind kind, TLeft left, TRight right) => (Kind, Left, Right) = (kind, left, right);

    internal InputKind Kind { get; }

    internal TLeft Left { get; }

    internal TRight Right { get; }

    /// <summary>The side and what is pushed there.</summary>
    public override string ToString() => Kind switch
    {
        InputKind.Left => $"left {Left}",
        InputKind.Right => $"right {Right}",
        InputKind.LeftWatermark => "left watermark",
        InputKind.RightWatermark => "right watermark",
        InputKind.LeftIdle => "left idle",
        _ => "right idle",
    };
}
