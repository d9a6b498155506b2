using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace StreamKit.PostgreSql.Connections;

/// <summary>Which errors pass by themselves, and what is said of the others.</summary>
internal static class Failure
{
    /// <summary>Whether the same call may succeed a little later: the server is away, full, or in conflict.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException said => said.IsTransient || IsGoingAway(said.SqlState),
        NpgsqlException lost => lost.IsTransient || lost.InnerException is IOException or SocketException,
        SocketException => true,
        _ => false,
    };

    /// <summary>The error in words, with the database's name; null where it is none of the database.</summary>
    public static Exception? Describe(Database database, Exception exception) => exception switch
    {
        PostgresException said when !IsTransient(said) => new InvalidOperationException(
            $"{Capital(database.Name)} refuses: {said.MessageText} (SQLSTATE {said.SqlState}).", said),
        NpgsqlException or SocketException => new IOException(
            $"{Capital(database.Name)} cannot be used: {ReasonOf(exception)}.", exception),
        _ => null,
    };

    /// <summary>The innermost reason, without a full stop.</summary>
    public static string ReasonOf(Exception exception) => (exception switch
    {
        PostgresException said => string.Create(
            CultureInfo.InvariantCulture, $"{said.MessageText} (SQLSTATE {said.SqlState})"),
        { InnerException: { } inner } => ReasonOf(inner),
        _ => exception.Message,
    }).TrimEnd('.');

    // Shutdowns and crashes of the server, and the moments in which it starts; errors of the connection.
    private static bool IsGoingAway(string state) => state is PostgresErrorCodes.AdminShutdown
        or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        || state.StartsWith("08", StringComparison.Ordinal);

    private static string Capital(string name) => string.Concat(char.ToUpperInvariant(name[0]).ToString(), name[1..]);
}
