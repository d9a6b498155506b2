using System.Globalization;
using System.Text.RegularExpressions;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Replaying;

/// <summary>
/// Where a record of a recorded file is found: its line, and how many records of that line come before it.
/// </summary>
internal readonly partial record struct ReplayPosition(LinePosition Line, int RecordsBefore)
{
    public override string ToString()
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"line {Line.Number}, byte {Line.Offset}");
        return RecordsBefore == 0
            ? line
            : string.Create(CultureInfo.InvariantCulture, $"{line}, after post {RecordsBefore}");
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static ReplayPosition Parse(string position)
    {
        Match match = Form().Match(position);
        if (match.Success
            && TryNumber(match.Groups[1], out long line)
            && TryNumber(match.Groups[2], out long offset)
            && TryNumber(match.Groups[3], out long before)
            && before <= int.MaxValue)
        {
            return new ReplayPosition(new LinePosition(line, offset), (int)before);
        }

        throw new ArgumentException(
            $"'{position}' is no position of a recorded file; one looks like 'line 17, byte 40213'.", nameof(position));
    }

    private static bool TryNumber(Group digits, out long number)
    {
        number = 0;
        return !digits.Success
            || long.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(@"\Aline ([1-9][0-9]*), byte ([0-9]+)(?:, after post ([0-9]+))?\z")]
    private static partial Regex Form();
}
