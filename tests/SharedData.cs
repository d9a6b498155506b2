namespace StreamKit.Tests;

/// <summary>
/// Finds the folder of real data that lies beside the checkout; tests that need it are skipped aloud without it.
/// </summary>
internal static class SharedData
{
    /// <summary>
    /// The full path of a file under <c>shared/data</c>; skips the running test where the folder is absent.
    /// </summary>
    public static string Path(string relative)
    {
        string? folder = Find();
        Assert.SkipWhen(folder is null, $"shared/data is not beside this checkout, so {relative} cannot be read");
        return System.IO.Path.Combine(folder!, relative);
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = System.IO.Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
