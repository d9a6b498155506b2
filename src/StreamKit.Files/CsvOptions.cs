using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace StreamKit.Files;

/// <summary>
/// The form of CSV files: RFC 4180, in which a field in quotes may hold line ends, delimiters and doubled quotes.
/// </summary>
public sealed record CsvOptions
{
    /// <summary>
    /// What stands between two fields. Default: a comma, whatever the culture; no line end, no quote.
    /// </summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>How numbers and dates are written. Default: <see cref="CultureInfo.InvariantCulture"/>.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Whether the first row of each file names the columns. Default: true.</summary>
    /// <remarks>
    /// With names, columns may stand in any order and further ones are passed over; without, the order decides.
    /// </remarks>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// Registers class maps and type converters of CsvHelper; called once for each split and each sink. Default: none,
    /// so the names of properties or constructor parameters, or CsvHelper's attributes, are the column names.
    /// </summary>
    public Action<CsvContext>? Configure { get; init; }

    internal CsvOptions Validated()
    {
        ArgumentException.ThrowIfNullOrEmpty(Delimiter, nameof(Delimiter));
        ArgumentNullException.ThrowIfNull(Culture, nameof(Culture));
        if (Delimiter.AsSpan().ContainsAny('"', '\r', '\n'))
        {
            throw new ArgumentException("A CSV delimiter holds neither a quote nor a line end.", nameof(Delimiter));
        }

        return this;
    }

    internal CsvConfiguration ToConfiguration(bool skipBlankRows) => new(Culture)
    {
        Delimiter = Delimiter,
        HasHeaderRecord = HasHeader,
        IgnoreBlankLines = skipBlankRows,
        // A lone carriage return is then an ordinary character, as it is for whoever finds the ends of the rows.
        NewLine = "\n",
        Encoding = Encoding.UTF8,
        ShouldQuote = MustQuote,
        // The message of an exception must not repeat the row: the bad record carries its bytes, and they may be
        // private.
        ExceptionMessagesContainRawData = false,
    };

    // Part of a delimiter is quoted too: next to the delimiter it would shift it by a character.
    // An empty first field is quoted too: in a table of one column it would be an empty line, which readers pass over.
    private bool MustQuote(ShouldQuoteArgs args) => string.IsNullOrEmpty(args.Field)
        ? args.Row.Index == 0
        : args.Field[0] == ' ' || args.Field[^1] == ' ' || args.Field.AsSpan().ContainsAny('"', '\r', '\n')
            || args.Field.AsSpan().ContainsAny(Delimiter);
}
