using System.Globalization;
using Npgsql;

namespace StreamKit.PostgreSql.Connections;

/// <summary>A database: how connections to it are made, and what it is called in messages.</summary>
internal sealed class Database
{
    private readonly string? _connectionString;
    private readonly NpgsqlDataSource? _shared;

    private Database(NpgsqlConnectionStringBuilder parts, string? connectionString, NpgsqlDataSource? shared)
    {
        (_connectionString, _shared) = (connectionString, shared);

        // Host, port and name only: a message ends up in logs, and a password must not.
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"database '{parts.Database ?? parts.Username}' at {parts.Host}:{parts.Port}");
    }

    /// <summary>What messages call it; free of passwords.</summary>
    public string Name { get; }

    /// <exception cref="ArgumentException">The connection string cannot be read, or names no host.</exception>
    public static Database Of(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // What was said may repeat a piece of the text, and with it a piece of a password, so it is not passed on.
            throw new ArgumentException(
                "This is no connection string of PostgreSQL. It has the form \"Host=…;Database=…;Username=…\", and a "
                + "value that holds a semicolon stands in quotes. (It is not shown, because it may hold a password.)",
                nameof(connectionString));
        }

        if (string.IsNullOrEmpty(parts.Host))
        {
            throw new ArgumentException("The connection string names no host.", nameof(connectionString));
        }

        parts.ApplicationName ??= "StreamKit";
        return new Database(parts, parts.ConnectionString, null);
    }

    public static Database Of(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return new Database(new NpgsqlConnectionStringBuilder(dataSource.ConnectionString), null, dataSource);
    }

    /// <summary>Where a user of the database takes connections from.</summary>
    public ConnectionPool Open() => _shared is not null
        ? new ConnectionPool(_shared, isOwned: false)
        : new ConnectionPool(NpgsqlDataSource.Create(_connectionString!), isOwned: true); // One of the two is given.
}
