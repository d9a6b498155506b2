namespace StreamKit.Kafka.Clients;

/// <summary>What of a connection nobody may read, and how a text is rid of it.</summary>
/// <remarks>
/// librdkafka repeats the value of a setting that it does not understand, so what it says is cleaned too, and not only
/// what is written here.
/// </remarks>
internal static class Secrets
{
    public const string Hidden = "***";

    // Parts of names: a setting that is hidden without need costs less than one that is shown.
    private static readonly string[] SecretWords =
    [
        "password", "passphrase", "secret", "jaas", "token", "credential", "assertion", ".pem", "bearer.config",
        "user.info",
    ];

    public static bool IsSecret(string setting) =>
        SecretWords.Any(word => setting.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What can be said of the connection.</summary>
    public static IEnumerable<string> Describe(KafkaConnection connection)
    {
        yield return $"client.id={connection.ClientId}";
        if (connection.SecurityProtocol is { } protocol)
        {
            yield return $"security.protocol={protocol}";
        }

        if (connection.SaslMechanism is { } mechanism)
        {
            yield return $"sasl.mechanism={mechanism}";
        }

        foreach ((string name, string? value) in All(connection))
        {
            if (value is not null)
            {
                yield return $"{name}={(IsSecret(name) ? Hidden : value)}";
            }
        }
    }

    /// <summary>The text without any secret of the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="text">What is to be shown to somebody.</param>
    /// <param name="further">Settings beside those of the connection.</param>
    public static string Redact(
        this KafkaConnection connection, string text, IReadOnlyDictionary<string, string>? further = null)
    {
        // The longest first, for a short one may be a part of it.
        IOrderedEnumerable<string> secrets = All(connection)
            .Concat((further ?? connection.Settings)
                .Select(setting => (Name: setting.Key, Value: (string?)setting.Value)))
            .Where(setting => IsSecret(setting.Name) && !string.IsNullOrEmpty(setting.Value))
            .Select(setting => setting.Value!) // Just looked at.
            .Distinct()
            .OrderByDescending(secret => secret.Length);
        foreach (string secret in secrets)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    private static IEnumerable<(string Name, string? Value)> All(KafkaConnection connection) =>
        connection.NamedValues().Concat(connection.Settings.Select(setting => (setting.Key, (string?)setting.Value)));
}
