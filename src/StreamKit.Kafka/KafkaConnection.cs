using System.Collections.ObjectModel;
using Confluent.Kafka;
using StreamKit.Kafka.Clients;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka;

/// <summary>Where a Kafka cluster is, and how to be let in; for sources and sinks alike.</summary>
/// <remarks>
/// What has a property here need not be known by librdkafka's name; everything else goes through
/// <see cref="Settings"/>. Nothing is connected before a job opens its sources and sinks. Passwords, keys and tokens
/// never appear in <see cref="ToString"/>, in a log or in the message of an exception.
/// </remarks>
/// <example><code>
/// var local = new KafkaConnection("localhost:9092");
/// var cloud = new KafkaConnection("broker-1:9093,broker-2:9093")
/// {
///     SecurityProtocol = SecurityProtocol.SaslSsl,
///     SaslMechanism = SaslMechanism.ScramSha512,
///     SaslUsername = "reports",
///     SaslPassword = Environment.GetEnvironmentVariable("KAFKA_PASSWORD"),
/// };
/// </code></example>
public sealed record KafkaConnection
{
    /// <summary>Names the cluster.</summary>
    /// <param name="bootstrapServers">
    /// One broker or several, "host:port" with commas between them; the others are learnt from these.
    /// </param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public KafkaConnection(string bootstrapServers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(bootstrapServers);
        BootstrapServers = bootstrapServers;
    }

    /// <summary>The brokers that are asked first.</summary>
    public string BootstrapServers { get; }

    /// <summary>What the brokers call this program in their logs, metrics and quotas. Default: "streamkit".</summary>
    public string ClientId { get; init; } = "streamkit";

    /// <summary>
    /// Whether the connection is encrypted, and whether the client says who it is. Default: null, neither
    /// (<see cref="SecurityProtocol.Plaintext"/>).
    /// </summary>
    public SecurityProtocol? SecurityProtocol { get; init; }

    /// <summary>How the client says who it is. Default: null; needed with SASL.</summary>
    public SaslMechanism? SaslMechanism { get; init; }

    /// <summary>The user, for the mechanisms PLAIN and SCRAM. Default: null.</summary>
    public string? SaslUsername { get; init; }

    /// <summary>The user's password. Default: null.</summary>
    public string? SaslPassword { get; init; }

    /// <summary>
    /// The file, or the folder, of the certificates of the authorities that brokers are trusted by. Default: null,
    /// those of the system.
    /// </summary>
    public string? SslCaLocation { get; init; }

    /// <summary>The file of the client's certificate (PEM), where brokers ask for one. Default: null.</summary>
    public string? SslCertificateLocation { get; init; }

    /// <summary>The file of the key to that certificate (PEM). Default: null.</summary>
    public string? SslKeyLocation { get; init; }

    /// <summary>What the file of the key is locked with. Default: null.</summary>
    public string? SslKeyPassword { get; init; }

    /// <summary>
    /// Further settings of librdkafka by their names, such as "socket.keepalive.enable"; they win over the properties.
    /// Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The connection in a line, without its secrets.</summary>
    public override string ToString() => $"Kafka at {BootstrapServers} ({string.Join(", ", Secrets.Describe(this))})";

    /// <summary>Writes the connection into the configuration of a client.</summary>
    /// <returns>The same configuration.</returns>
    internal TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        Librdkafka.Require();
        config.BootstrapServers = BootstrapServers;
        config.ClientId = ClientId;
        config.SecurityProtocol = SecurityProtocol;
        config.SaslMechanism = SaslMechanism;
        foreach ((string name, string? value) in NamedValues())
        {
            if (value is not null)
            {
                config.Set(name, value);
            }
        }

        foreach ((string name, string value) in Settings)
        {
            config.Set(name, value);
        }

        return config;
    }

    /// <summary>The properties that are text, by the names that librdkafka has for them.</summary>
    internal IEnumerable<(string Name, string? Value)> NamedValues() =>
    [
        ("sasl.username", SaslUsername),
        ("sasl.password", SaslPassword),
        ("ssl.ca.location", SslCaLocation),
        ("ssl.certificate.location", SslCertificateLocation),
        ("ssl.key.location", SslKeyLocation),
        ("ssl.key.password", SslKeyPassword),
    ];
}
