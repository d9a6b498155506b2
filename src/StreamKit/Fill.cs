using System.Numerics;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>What <c>FillGaps</c> can put into windows without a result, besides what a lambda says.</summary>
public static class Fill
{
    /// <summary>The number zero.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results, a number.</typeparam>
    /// <param name="last">The key's last result before the gap.</param>
    /// <param name="gap">The window that is filled.</param>
    public static TValue Zero<TKey, TValue>(WindowResult<TKey, TValue> last, Window gap)
        where TValue : INumberBase<TValue> => TValue.Zero;

    /// <summary>The value of the key's last result before the gap.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="last">The key's last result before the gap.</param>
    /// <param name="gap">The window that is filled.</param>
    public static TValue Last<TKey, TValue>(WindowResult<TKey, TValue> last, Window gap) => last.Value;
}
