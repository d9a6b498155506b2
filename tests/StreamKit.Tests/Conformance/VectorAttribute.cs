using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace StreamKit.Tests.Conformance;

/// <summary>One vector that a person can check by hand: the rule of SEMANTICS, a name in words, the data.</summary>
/// <remarks>The vectors are counted by rule, and the counts are compared with docs/reference/conformance.md.</remarks>
/// <param name="rule">The number of the rule, such as 7.2.</param>
/// <param name="name">What the vector shows, in words.</param>
/// <param name="data">What the test method takes.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class VectorAttribute(string rule, string name, params object[] data) : DataAttribute
{
    /// <summary>The number of the rule, such as 7.2.</summary>
    public string Rule { get; } = rule;

    /// <summary>What the vector shows, in words.</summary>
    public string Name { get; } = name;

    /// <summary>What the test method takes.</summary>
    public IReadOnlyList<object> Data => data;

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(data) { TestDisplayName = $"{Rule} {Name}", Skip = Skip }]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
