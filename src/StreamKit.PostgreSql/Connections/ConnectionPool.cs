using Npgsql;

namespace StreamKit.PostgreSql.Connections;

/// <summary>Connections to a database; closed in the end, unless they are the program's own.</summary>
internal sealed class ConnectionPool(NpgsqlDataSource source, bool isOwned) : IAsyncDisposable
{
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        source.OpenConnectionAsync(cancellationToken);

    /// <summary>Forgets idle connections: after a restart of the server every one of them is dead.</summary>
    public void Forget()
    {
        if (isOwned)
        {
            source.Clear();
        }
    }

    public ValueTask DisposeAsync() => isOwned ? source.DisposeAsync() : ValueTask.CompletedTask;
}
