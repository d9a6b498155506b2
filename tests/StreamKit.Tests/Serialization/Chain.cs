namespace StreamKit.Tests.Serialization;

/// <summary>A value that lies in another of its kind, and so on.</summary>
public sealed class Chain(Chain? inner)
{
    public Chain? Inner => inner;

    public int Length => 1 + (Inner?.Length ?? 0);

    public static Chain Of(int length)
    {
        Chain chain = new(null);
        for (int i = 1; i < length; i++)
        {
            chain = new(chain);
        }

        return chain;
    }
}
