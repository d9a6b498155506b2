using System.Globalization;
using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>How values are written where nobody says it: text and numbers, in the invariant culture.</summary>
internal static class RedisText
{
    /// <summary>How values of a type are written.</summary>
    /// <exception cref="ArgumentException">There is no one way to write them.</exception>
    public static Func<T, RedisValue> Of<T>(string parameter)
    {
        if (typeof(T) == typeof(string))
        {
            return (Func<T, RedisValue>)(object)(Func<string?, RedisValue>)(static text => text);
        }

        if (typeof(T) == typeof(long))
        {
            return (Func<T, RedisValue>)(object)(Func<long, RedisValue>)(static number => number);
        }

        Type bare = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return bare == typeof(bool) || bare == typeof(byte[]) || typeof(IFormattable).IsAssignableFrom(bare)
            ? static value => Write(value)
            : throw new ArgumentException(
                $"There is no one way to write a {typeof(T).Name} to Redis: say how with '{parameter}'.", parameter);
    }

    /// <summary>How numbers become scores.</summary>
    /// <exception cref="ArgumentException">The type is no number.</exception>
    public static Func<T, double> ScoreOf<T>(string parameter) =>
        Type.GetTypeCode(typeof(T)) is >= TypeCode.SByte and <= TypeCode.Decimal
            ? static value => ((IConvertible)value!).ToDouble(CultureInfo.InvariantCulture) // A number is not null.
            : throw new ArgumentException(
                $"A {typeof(T).Name} is no score: say which it has with '{parameter}'.", parameter);

    private static RedisValue Write(object? value) => value switch
    {
        null => RedisValue.Null,
        int number => number,
        bool flag => flag,
        byte[] bytes => bytes,
        DateTime or DateTimeOffset or DateOnly or TimeOnly =>
            ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };
}
