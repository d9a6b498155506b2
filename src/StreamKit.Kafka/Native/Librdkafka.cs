using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace StreamKit.Kafka.Native;

/// <summary>Sees to it that the client runs on the librdkafka of its own package.</summary>
/// <remarks>
/// The build that the package offers first needs a library of Red Hat's (libsasl2.so.3). Elsewhere it does not load,
/// and the runtime then takes whatever librdkafka the system has, which may be years older, without a word. So the
/// builds of the package are tried in turn, by their paths.
/// </remarks>
internal static class Librdkafka
{
    /// <summary>The name that calls are bound by.</summary>
    public const string Name = "librdkafka";

    /// <summary>2.16.0, in the notation of rd_kafka_version().</summary>
    public const int OldestVersion = 0x02100000;

    // The second needs no SASL library and knows no Kerberos; the third is for musl.
    private static readonly string[] Builds = ["librdkafka.so", "centos8-librdkafka.so", "alpine-librdkafka.so"];

    private static readonly Lazy<nint> Packaged = new(Load);

    /// <summary>
    /// Whether calls of this assembly reach the same copy of the library as the client's, so that a handle of the
    /// client may be used in them. Not so where the application has decided itself what the client loads.
    /// </summary>
    public static bool IsTheClients { get; } = BindBoth();

    /// <summary>Binds the calls of an assembly to the library that the client has.</summary>
    /// <param name="assembly">The assembly, which calls <see cref="Name"/>.</param>
    /// <returns>False where it has decided itself.</returns>
    public static bool TryBind(Assembly assembly)
    {
        try
        {
            NativeLibrary.SetDllImportResolver(
                assembly, static (name, _, _) => name == Name && OperatingSystem.IsLinux() ? Packaged.Value : 0);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Fails where the library is not there, or is older than what the package was tested with.</summary>
    /// <exception cref="KafkaStreamException">It is not there, or too old.</exception>
    public static void Require()
    {
        // Looking at it binds; afterwards the client may call.
        _ = IsTheClients;
        int version;
        try
        {
            version = Library.Version;
        }
        catch (Exception exception) when (exception is DllNotFoundException or InvalidOperationException)
        {
            throw new KafkaStreamException(
                "The native library librdkafka could not be loaded. It comes with the package librdkafka.redist: see "
                + "that the folder 'runtimes' is deployed with the application.",
                exception);
        }

        RequireVersion(version, Library.VersionString);
    }

    internal static void RequireVersion(int version, string text)
    {
        if (version < OldestVersion)
        {
            throw new KafkaStreamException(
                $"librdkafka {text} was loaded, and 2.16.0 is the oldest that will do. The application, or the system, "
                + "offers another copy than the package librdkafka.redist: deploy the folder 'runtimes', and give the "
                + "assembly Confluent.Kafka no resolver of native libraries.");
        }
    }

    /// <summary>
    /// Where the runtime looks for native libraries of packages, and where a published program has them.
    /// </summary>
    internal static IEnumerable<string> Candidates(string? searched, string home)
    {
        string[] folders =
        [
            .. (searched ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            home,
            Path.Combine(home, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
        ];
        return from build in Builds from folder in folders select Path.Combine(folder, build);
    }

    // When this type is first used: every client is configured through a connection, which calls Require first.
    private static bool BindBoth()
    {
        TryBind(typeof(Librdkafka).Assembly);
        return TryBind(typeof(Library).Assembly);
    }

    private static nint Load()
    {
        string? searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string;
        foreach (string path in Candidates(searched, AppContext.BaseDirectory))
        {
            if (NativeLibrary.TryLoad(path, out nint library))
            {
                return library;
            }
        }

        // The runtime goes on looking as it always does; Require judges what it finds.
        return 0;
    }
}
