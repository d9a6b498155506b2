namespace StreamKit.Testing;

/// <summary>A connector broke the contract that the engine relies on.</summary>
public sealed class ContractException : Exception
{
    /// <summary>Says what it did.</summary>
    /// <param name="message">What it did, and what it should have done.</param>
    public ContractException(string message)
        : base(message)
    {
    }
}
