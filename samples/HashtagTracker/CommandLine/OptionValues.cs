using System.Globalization;

namespace HashtagTracker.CommandLine;

/// <summary>Reads the values of options, and remembers the first mistake: it is the one to mend first.</summary>
internal sealed class OptionValues(IReadOnlyDictionary<string, string> given)
{
    /// <summary>The first mistake in one sentence; <c>null</c>: none so far.</summary>
    public string? Error { get; private set; }

    public bool Has(string name) => given.ContainsKey(name);

    public void Fail(string message) => Error ??= message;

    /// <summary>A name of something, which is not empty.</summary>
    public string Text(string name, string usual)
    {
        string text = given.GetValueOrDefault(name, usual);
        if (text.Length == 0)
        {
            Fail($"{name} needs a name");
        }

        return text;
    }

    /// <summary>The path of a file or folder.</summary>
    public string? Path(string name, string what)
    {
        string? path = given.GetValueOrDefault(name);
        if (path is { Length: 0 })
        {
            Fail($"{name} needs the name of a {what}");
        }

        return path;
    }

    /// <summary>An absolute address of a scheme, or of the scheme and s.</summary>
    /// <param name="name">The option.</param>
    /// <param name="scheme">The scheme: http, ws.</param>
    /// <param name="usual">Where it is unless one says otherwise.</param>
    /// <param name="publicWord">A word for that place; <c>null</c>: none.</param>
    public Uri Address(string name, string scheme, Uri usual, string? publicWord = null)
    {
        if (!given.TryGetValue(name, out string? text) || text == publicWord)
        {
            return usual;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == scheme || address.Scheme == scheme + "s"))
        {
            return address;
        }

        Fail($"{name} {text}: an address that begins with {scheme}:// or {scheme}s:// is expected");
        return usual;
    }

    /// <summary>The addresses of servers, HOST:PORT, separated by commas where there may be several.</summary>
    public string Servers(string name, string usual, bool several)
    {
        string text = Text(name, usual);
        string[] servers = several ? text.Split(',') : [text];
        if (!servers.All(IsServer))
        {
            Fail($"{name} {text}: HOST:PORT is expected, such as {usual}");
        }

        return text;
    }

    /// <summary>An instant in ISO 8601, UTC unless it says otherwise; <c>null</c>: none is given.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (!given.TryGetValue(name, out string? text))
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            Fail($"{name} {text}: an instant is expected, such as 2026-01-01T00:00:00Z");
        }

        return instant;
    }

    public TimeSpan Duration(string name, TimeSpan usual, bool mayBeZero)
    {
        if (!given.TryGetValue(name, out string? text))
        {
            return usual;
        }

        if (!DurationText.TryParse(text, out TimeSpan duration))
        {
            Fail($"{name} {text}: a duration is {DurationText.Form}");
        }
        else if (duration == TimeSpan.Zero && !mayBeZero)
        {
            Fail($"{name} must be longer than zero");
        }

        return duration;
    }

    public long Integer(string name, long usual, long least, long most)
    {
        if (!given.TryGetValue(name, out string? text))
        {
            return usual;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            || number < least || number > most)
        {
            Fail($"{name} {text}: a whole number from {least} to {most} is expected");
        }

        return number;
    }

    public double Speed(string name, double usual)
    {
        if (!given.TryGetValue(name, out string? text))
        {
            return usual;
        }

        if (text == "max")
        {
            return double.PositiveInfinity;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed)
            || speed <= 0 || !double.IsFinite(speed))
        {
            Fail($"{name} {text}: a number greater than 0, or max, is expected");
        }

        return speed;
    }

    private static bool IsServer(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0
            && text.AsSpan().IndexOfAny(", ") < 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and < 65536;
    }
}
