using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Tests;

public sealed class KafkaConnectionTests
{
    private static readonly KafkaConnection Full = new("one:9092,two:9092")
    {
        ClientId = "reports",
        SecurityProtocol = SecurityProtocol.SaslSsl,
        SaslMechanism = SaslMechanism.ScramSha512,
        SaslUsername = "alice",
        SaslPassword = "hush-1",
        SslCaLocation = "ca.crt",
        SslCertificateLocation = "client.crt",
        SslKeyLocation = "client.key",
        SslKeyPassword = "hush-2",
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["socket.keepalive.enable"] = "true",
            ["ssl.key.pem"] = "hush-3",
            ["sasl.oauthbearer.client.secret"] = "hush-4",
            ["sasl.oauthbearer.config"] = "hush-5",
            ["sasl.jaas.config"] = "hush-6",
            ["sasl.oauthbearer.assertion.private.key.passphrase"] = "hush-7",
        },
    };

    [Fact]
    public void EverySettingReachesTheClient()
    {
        var config = new ProducerConfig();
        Assert.Same(config, Full.Configure(config));
        Assert.Equal("one:9092,two:9092", config.BootstrapServers);
        Assert.Equal("reports", config.ClientId);
        Assert.Equal(SecurityProtocol.SaslSsl, config.SecurityProtocol);
        Assert.Equal(SaslMechanism.ScramSha512, config.SaslMechanism);
        Assert.Equal("alice", config.SaslUsername);
        Assert.Equal("hush-1", config.SaslPassword);
        Assert.Equal("ca.crt", config.SslCaLocation);
        Assert.Equal("client.crt", config.SslCertificateLocation);
        Assert.Equal("client.key", config.SslKeyLocation);
        Assert.Equal("hush-2", config.SslKeyPassword);
        Assert.True(config.SocketKeepaliveEnable);
    }

    [Fact]
    public void SettingsWinOverProperties()
    {
        KafkaConnection connection = Full with
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["client.id"] = "other" },
        };
        Assert.Equal("other", connection.Configure(new ConsumerConfig()).ClientId);
    }

    [Fact]
    public void NothingButTheServersNeedBeSaid()
    {
        Assert.Equal(
            ["bootstrap.servers", "client.id"],
            new KafkaConnection("one:9092").Configure(new ConsumerConfig()).Select(setting => setting.Key).Order());
        Assert.ThrowsAny<ArgumentException>(() => new KafkaConnection(" "));
    }

    [Fact]
    public void WhatItSaysOfItselfHoldsNoSecret()
    {
        string text = Full.ToString();
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        Assert.Contains("one:9092,two:9092", text, StringComparison.Ordinal);
        Assert.Contains("sasl.username=alice", text, StringComparison.Ordinal);
        Assert.Contains("ssl.key.location=client.key", text, StringComparison.Ordinal);
        Assert.Contains("sasl.password=***", text, StringComparison.Ordinal);
        Assert.Contains("socket.keepalive.enable=true", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheClientSaysIsLoggedWithoutSecrets()
    {
        var log = new LogOfTests();
        var events = new ClientEvents(Full, log);
        events.OnLog(new LogMessage("client", SyslogLevel.Error, "FAIL", "refused: hush-1, hush-7 and hush-3"));
        events.OnError(new Error(ErrorCode.Local_Authentication, "bad password 'hush-2'"));
        Assert.Equal(
            [
                (LogLevel.Warning, "librdkafka, FAIL: refused: ***, *** and ***"),
                (LogLevel.Warning, "Kafka, Local_Authentication: bad password '***'"),
            ],
            log.Entries);
        Assert.Equal(ErrorCode.Local_Authentication, events.Last?.Code);
        events.OnLog(new LogMessage("client", SyslogLevel.Error, "TXNERR", "the reason"));
        Assert.Equal("the reason", events.Last?.Reason);
        Assert.Null(events.Fatal);
        events.OnError(new Error(ErrorCode.Local_Fenced, "gone", isFatal: true));
        Assert.Equal(ErrorCode.Local_Fenced, events.Fatal?.Code);
    }

    [Fact]
    public void ASecretWithinAnotherLeavesNothingOfTheLonger()
    {
        var connection = new KafkaConnection("one:9092") { SaslPassword = "abc", SslKeyPassword = "abcdef" };
        Assert.Equal("key ***, password ***", connection.Redact("key abcdef, password abc"));
    }
}
