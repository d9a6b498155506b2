using System.Text.RegularExpressions;

namespace StreamKit.Architecture.Tests.Tidy;

/// <summary>
/// Characters and words that no committed text holds. The words are put together here, so that none stands here.
/// </summary>
internal static partial class WordRules
{
    private static readonly Regex Leftover = new(@"\b(TO" + "DO|FIX" + @"ME)\b", RegexOptions.CultureInvariant);

    private static readonly string[] Registries =
    [
        "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "golang" + ".org", "crates" + ".io",
        "docker" + ".io", "docker" + ".com", "ghcr" + ".io", "quay" + ".io", "mcr.microsoft" + ".com",
        "pkgs.dev.azure" + ".com", "rubygems" + ".org", "maven" + ".org",
    ];

    public static IEnumerable<string> LeftoverWork(SourceFile file) =>
        Find(file, line => Leftover.Match(line) is { Success: true, Value: var word } ? $"{word} left behind" : null);

    public static IEnumerable<string> MachinePaths(SourceFile file) =>
        Find(file, line => MachinePath().Match(line) is { Success: true, Value: var path }
            ? $"a path of one machine: {path}"
            : null);

    public static IEnumerable<string> RegistryHosts(SourceFile file) =>
        Find(file, line => Array.Exists(Registries, host => line.Contains(host, StringComparison.OrdinalIgnoreCase))
            ? "names a registry; the machine's own configuration says where packages come from"
            : null);

    public static IEnumerable<string> TabsAndCarriageReturns(SourceFile file) =>
        Find(file, line => line.Contains('\t') ? "a tab" : line.EndsWith('\r') ? "a carriage return" : null);

    // Not preceded by what would make it part of a URL, a relative path, a closing tag or a longer path.
    [GeneratedRegex(
        @"(?<![\w.~/:<>*-])/(?:work|tmp|root|home/\w+)(?=$|[/\s""'`)\],;])|\b[A-Za-z]:\\Users\\",
        RegexOptions.CultureInvariant)]
    private static partial Regex MachinePath();

    private static IEnumerable<string> Find(SourceFile file, Func<string, string?> judge) =>
        from line in file.Lines.Index()
        let finding = judge(line.Item)
        where finding is not null
        select file.Finding(line.Index + 1, finding);
}
