using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace StreamKit.Tests.Conformance;

/// <summary>What docs/reference/conformance.md counts and names is what there is.</summary>
public partial class ConformancePageTests
{
    private const string Page = "docs/reference/conformance.md";
    private const string LawRoom = "StreamKit.Tests.Laws";

    private static readonly Type[] s_types = typeof(ConformancePageTests).Assembly.GetTypes();

    private static IEnumerable<VectorAttribute> Vectors =>
        s_types.SelectMany(Methods).SelectMany(static method => method.GetCustomAttributes<VectorAttribute>());

    [Fact]
    public void ThePageCountsTheVectorsOfEveryRule() => AssertPageSays(
        [
            .. Vectors.GroupBy(static vector => vector.Rule)
                .OrderBy(static rule => Number(rule.Key.Split('.')[0]))
                .ThenBy(static rule => Number(rule.Key.Split('.')[1]))
                .Select(static rule => $"| {rule.Key} | {rule.Count()} |"),
            $"| 19 | {SemanticsCases()} |",
        ],
        RuleRow().Matches(Text()).Select(static row => row.Value));

    [Fact]
    public void ThePageSaysHowManyVectorsThereAre() => AssertPageSays(
        [$"In all: {Vectors.Count() + SemanticsCases()} vectors"], Total().Matches(Text()).Select(static m => m.Value));

    [Fact]
    public void ThePageNamesEveryLawAndNoOther() => AssertPageSays(
        s_types.Where(static type => type.Namespace == LawRoom)
            .SelectMany(static type => Methods(type)
                .Where(static method => method.GetCustomAttributes<FactAttribute>().Any())
                .Select(method => $"| `{type.Name}.{method.Name}` |"))
            .Order(StringComparer.Ordinal),
        LawRow().Matches(Text()).Select(static row => row.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void NoVectorStandsTwice() => Assert.Empty(
        s_types.SelectMany(Methods)
            .SelectMany(static method => method.GetCustomAttributes<VectorAttribute>().Select(vector =>
                $"{vector.Rule} {method.DeclaringType?.Name}.{method.Name} {string.Join(" / ", vector.Data)}"))
            .GroupBy(static vector => vector)
            .Where(static twins => twins.Count() > 1)
            .Select(static twins => twins.Key));

    [Fact]
    public void EveryVectorHasARuleAndANameOfItsOwnThere()
    {
        Assert.All(Vectors, static vector => Assert.Matches(@"^\d+\.\d+$", vector.Rule));
        Assert.Empty(Vectors.GroupBy(static vector => $"{vector.Rule} {vector.Name}")
            .Where(static twins => twins.Count() > 1)
            .Select(static twins => twins.Key));
    }

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);

    // The vectors that SEMANTICS itself lists were written before this notation.
    private static int SemanticsCases() => Methods(typeof(SemanticsVectors))
        .Where(static method => method.GetCustomAttributes<FactAttribute>().Any())
        .Sum(static method => Math.Max(1, method.GetCustomAttributes<InlineDataAttribute>().Count()));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // The whole table is in the message, so that it can be put into the page.
    private static void AssertPageSays(IEnumerable<string> truth, IEnumerable<string> page)
    {
        string[] must = [.. truth], says = [.. page];
        Assert.True(
            must.SequenceEqual(says),
            $"{Page} is not what there is. Missing there: {string.Join(" ", must.Except(says))}. "
                + $"Too much there: {string.Join(" ", says.Except(must))}. All that it must say:\n"
                + string.Join('\n', must));
    }

    private static string Text()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "StreamKit.sln")))
            {
                return File.ReadAllText(Path.Combine(at.FullName, Page));
            }
        }

        throw new InvalidOperationException($"no StreamKit.sln in or above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex(@"^\| \d+(?:\.\d+)? \| \d+ \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RuleRow();

    [GeneratedRegex(@"^\| `\w+Laws\.\w+` \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex LawRow();

    [GeneratedRegex(@"^In all: \d+ vectors", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Total();
}
