using System.Buffers.Text;
using System.Globalization;
using System.Text;
using StreamKit.Time;

namespace StreamKit.Crash;

/// <summary>One line of the input: when, and what.</summary>
public readonly record struct Word(Timestamp Time, string Text)
{
    /// <summary>How far a line may be behind the one before it, in milliseconds.</summary>
    public const int Disorder = 2_000;

    private const int Different = 300;
    private const int MillisecondsBetween = 40;

    public static bool TryParse(ReadOnlySpan<byte> line, out Word word)
    {
        if (!Utf8Parser.TryParse(line, out long milliseconds, out int used))
        {
            throw new FormatException("A line begins with its time.");
        }

        word = new Word(Timestamp.FromUnixTimeMilliseconds(milliseconds), Encoding.UTF8.GetString(line[(used + 1)..]));
        return true;
    }

    /// <summary>Writes a file of lines out of order; the same for the same seed.</summary>
    public static void Generate(string path, int lines, int seed)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path);
        for (long i = 0; i < lines; i++)
        {
            // The product of two draws makes some words frequent and most rare.
            long time = Disorder + (i * MillisecondsBetween) - random.Next(Disorder);
            int word = (int)(Different * random.NextDouble() * random.NextDouble());
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{time} word{word}\n"));
        }
    }
}
