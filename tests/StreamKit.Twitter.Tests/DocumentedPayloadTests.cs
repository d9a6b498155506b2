namespace StreamKit.Twitter.Tests;

/// <summary>The payloads that the service's own documentation shows, spread over many lines each.</summary>
public sealed class DocumentedPayloadTests
{
    // The values that decide are written beside the kind, so that a payload read as the right kind with wrong
    // contents fails too.
    public static TheoryData<string, string> Payloads => new()
    {
        { "error-invalid-request", "problem invalid-request" },
        { "error-operational-disconnect", "problem operational-disconnect disconnect" },
        { "error-rate-limit", "problem 88" },
        { "error-too-many-connections", "problem streaming-connection TooManyConnections" },
        { "filtered-stream-edited-post", "tweet 1234567893 versions:3" },
        { "filtered-stream-embedding-match", "tweet 1784600000000000001 rule:1784567890123456789 near:0.4523" },
        { "filtered-stream-post", "tweet 1234567890 @catperson versions:1 rule:1273026480692322304" },
        { "filtered-stream-rules-created", "unknown data meta" },
        { "filtered-stream-webhook-delivery", "tweet 1346889436626259968 @Xdevelopers rule:120897978112909812" },
        { "lookup-partial-error", "tweet 1234567890 problems:1" },
        { "partial-error-data-and-errors", "tweet 123 problems:1" },
        { "post-poll-includes", "tweet 1296887316556980230 @TwitterDev reply" },
        { "post-reference-11", "tweet 1225470895902412800 @TwitterDev retweet" },
        { "post-reference-9", "tweet 1296121314218897408 @TwitterDev #TwitterAPI" },
        { "post-with-includes", "unknown data includes" },
        { "powerstream-heartbeat", "keep-alive" },
        { "powerstream-post-list", "tweet 20 @jack" },
        { "recent-post-counts", "unknown data meta" },
        { "recent-search-page", "tweet 1234567890123456789 @pythondev versions:1" },
        { "v1-control-delete", "delete 601430178305220608 3198576760" },
        { "v1-control-delete-status", "FavoriteDeleted tweet:696615514970279937 user:2510287578" },
        { "v1-control-drop", "StatusDropped tweet:601430178305220600 user:3198576760" },
        { "v1-control-scrub_geo", "ScrubGeo tweet:411552403083628544 user:519761961" },
        { "v1-control-status_withheld", "StatusWithheld tweet:601430178305220608 user:3198576760 in:XY" },
        { "v1-control-undrop", "StatusUndropped tweet:601430178305220600 user:3198576760" },
        { "v1-control-user_delete", "UserDeleted tweet: user:771136850" },
        { "v1-control-user_protect", "UserProtected tweet: user:3182003550" },
        { "v1-control-user_suspend", "UserSuspended tweet: user:3120539094" },
        { "v1-control-user_undelete", "UserUndeleted tweet: user:796250066" },
        { "v1-control-user_unprotect", "UserUnprotected tweet: user:2911076065" },
        { "v1-control-user_unsuspend", "UserUnsuspended tweet: user:3293130873" },
        { "v1-control-user_withheld", "UserWithheld tweet: user:1375036644 in:XY" },
        { "v1-extended-tweet", "tweet 1293593516040269825 @XDevelopers #XAPI rule:" },
        { "v1-native-tweet", "tweet 1307025659294674945 @XDevelopers reply rule:" },
        { "v1-quote-extended-tweet", "tweet 1328399838128467969 @XDevelopers quote rule:" },
        { "v1-retweet-of-quote", "tweet 1225470895902412800 @XDevelopers retweet quote rule:" },
    };

    [Theory, MemberData(nameof(Payloads))]
    public void APayloadReadsAsWhatItsPageSays(string payload, string expected)
    {
        byte[] json = File.ReadAllBytes(SharedData.Path($"x-api-v2/documented/{payload}.json"));
        Assert.Equal(expected, Summary.Of(new TweetParser().Parse(json)));
    }

    [Fact]
    public void NoDocumentedPayloadIsLeftOut()
    {
        string folder = SharedData.Path("x-api-v2/documented");
        Assert.Equal(
            Directory.GetFiles(folder).Select(Path.GetFileNameWithoutExtension).Where(name => name != "INDEX").Order(),
            Payloads.Select(row => row.Data.Item1).Order());
    }

    [Fact]
    public void EveryNoticeKnowsItsTime()
    {
        string folder = SharedData.Path("x-api-v2/documented");
        foreach (string path in Directory.GetFiles(folder, "v1-control-*.json"))
        {
            StreamMessage message = new TweetParser().Parse(File.ReadAllBytes(path));
            DateTimeOffset? at = message is DeleteMessage delete ? delete.At : ((NoticeMessage)message).At;
            Assert.InRange(at!.Value.Year, 2014, 2016);
        }
    }
}
