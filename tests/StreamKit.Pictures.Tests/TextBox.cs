using System.Xml.Linq;

namespace StreamKit.Pictures.Tests;

/// <summary>The room that a text of a picture takes, by the width of an average letter.</summary>
internal sealed record TextBox(string Text, double Left, double Right, double Top, double Bottom)
{
    public static IEnumerable<TextBox> AllOf(string svg) => XDocument.Parse(svg).Descendants()
        .Where(static element => element.Name.LocalName == "text")
        .Select(Of);

    public bool Covers(TextBox other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    private static TextBox Of(XElement text)
    {
        // Texts without a class, or with none that makes them smaller, are the titles and the keys.
        double letter = text.Attribute("class") is null ? 7.2 : 6;
        double width = text.Value.Length * letter;
        double x = Number(text, "x"), y = Number(text, "y");
        double left = (string?)text.Attribute("text-anchor") switch
        {
            "middle" => x - (width / 2),
            "end" => x - width,
            _ => x,
        };
        return new TextBox(text.Value, left, left + width, y - 10, y + 2);
    }

    private static double Number(XElement element, string name) =>
        (double?)element.Attribute(name) ?? throw new InvalidDataException($"A text without {name}: {element}");
}
