using System.Diagnostics;

namespace HashtagTracker.Simulation;

/// <summary>The invented tags: names of trends, and everyday tags put together from two words.</summary>
internal static class TagVocabulary
{
    private static readonly string[] First =
    [
        "Morning", "Slow", "Tiny", "Open", "Night", "River", "Garden", "Weekend", "Rainy", "Quiet", "Local", "Home",
        "City", "Winter", "Summer", "Happy", "Honest", "Daily", "Late", "Early", "Green", "Blue", "Simple", "Wild",
        "Modern", "Little", "Sunday", "Monday", "Friday", "Street", "Paper", "Warm", "Pocket", "Kind", "Lazy",
        "Northern", "Coastal", "Mountain", "Vintage", "Curious", "Bright", "Hidden", "Second", "Bold", "Fresh",
    ];

    private static readonly string[] Second =
    [
        "Coffee", "Runners", "Readers", "Kitchen", "Code", "Trains", "Music", "Sketch", "Birds", "Books", "Bread",
        "Cycling", "Markets", "Football", "Photos", "Movies", "Makers", "Science", "Walks", "Poems", "Tea", "Dogs",
        "Cats", "Games", "Maps", "Vinyl", "Soup", "Ceramics", "Gardening", "Chess", "Design", "History", "Climbing",
        "Theatre", "Jazz", "Surf", "Stars", "Data", "Travel", "Yoga", "News", "Jobs", "Startups", "Weather", "Style",
    ];

    private static readonly string[] TrendNames =
    [
        "HarborFinal", "AuroraFest", "CometWatch", "LumenLaunch", "NorthlineStrike", "PixelCon", "GoldenOtter",
        "CapeStorm", "QuietSea", "Stage26", "OrbitalDay", "VeloTour", "MidnightMarket", "PaperMoonAwards", "RiverCup",
        "SolarNight", "OpenLabDay", "TheLastLighthouse", "KelpRun", "MetroDown", "FoxOnTheRoof", "GrandDerby",
        "HelloMars", "SnowAlert", "BlueTramForever", "SeasonFinale", "CityMarathon", "NewAlbumFriday", "BigCloudOutage",
        "CookOff", "EclipseParty", "BridgeReopens", "PenguinCam", "TransferDay", "IslandVotes", "RetroGameJam",
        "HeatRecord", "LanternParade", "DeepDive", "SuperSpelling", "WhaleSong", "NightTrainBack",
    ];

    /// <summary>How many different everyday tags the two lists give.</summary>
    public static int MostBackgroundTags => First.Length * Second.Length;

    /// <summary>All names of trends.</summary>
    public static Tag[] Trends() => [.. TrendNames.Select(name => new Tag(name))];

    /// <summary>The place in <see cref="Trends"/> that has the given turn: all others come before one comes again, and
    /// neighbours in the list are far apart in time.</summary>
    public static int TrendOfTurn(long turn)
    {
        // 11 has no common divisor with the number of names, so the steps visit every name.
        Debug.Assert(TrendNames.Length % 11 != 0);
        return (int)(turn % TrendNames.Length * 11 % TrendNames.Length);
    }

    /// <summary>That many different everyday tags, in an order that depends on the seed:
    /// the first is the most used.</summary>
    public static Tag[] Background(long seed, int count)
    {
        string[] names = [.. First.SelectMany(_ => Second, (first, second) => first + second)];
        var random = new DeterministicRandom(seed, "vocabulary");
        for (int i = 0; i < count; i++)
        {
            int other = i + random.NextIndex(names.Length - i);
            (names[i], names[other]) = (names[other], names[i]);
        }

        return [.. names.Take(count).Select(name => new Tag(name))];
    }
}
