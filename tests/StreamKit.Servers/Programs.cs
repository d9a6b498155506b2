namespace StreamKit.Servers;

/// <summary>Finds the programs of real servers on this machine.</summary>
public static class Programs
{
    // Debian keeps the programs of a PostgreSQL server out of the path.
    private static readonly string[] s_folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        "/usr/bin",
        "/usr/sbin",
        .. PostgreSqlFolders(),
    ];

    /// <summary>
    /// The full path of a program. Where it is absent the running test is skipped aloud, and fails where <c>CI</c> says
    /// that this is the project's own check.
    /// </summary>
    /// <param name="program">The program's name, such as "redis-server".</param>
    /// <param name="package">The package of Debian that brings it.</param>
    public static string Require(string program, string package)
    {
        string? found = Find(program);
        if (found is null)
        {
            string missing = $"{program} is not on this machine: install the package {package}";
            if (IsCheck)
            {
                Assert.Fail(missing);
            }

            Assert.Skip(missing);
        }

        return found;
    }

    /// <summary>The full path of a program; null where it is absent.</summary>
    public static string? Find(string program) =>
        s_folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool IsCheck =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> PostgreSqlFolders()
    {
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? Directory.GetDirectories(Root).OrderDescending(StringComparer.Ordinal).Select(v => Path.Combine(v, "bin"))
            : [];
    }
}
