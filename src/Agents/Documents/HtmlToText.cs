using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>What a reader sees of a page, as lines.</summary>
internal static class HtmlToText
{
    public static string Write(IHtmlDocument document)
    {
        var text = new StringBuilder();
        if (document.Body is { } body)
        {
            Write(body, text, false, []);
        }

        return Blocks.Tidy(text.ToString());
    }

    private static void Write(INode node, StringBuilder text, bool preformatted, Dictionary<IElement, int> numbers)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
            {
                text.Append(preformatted ? words.Data : Blocks.Words(words.Data, text, true));
            }
            else if (child is IElement element)
            {
                Element(element, text, preformatted, numbers);
            }
        }
    }

    private static void Element(IElement element, StringBuilder text, bool preformatted, Dictionary<IElement, int> numbers)
    {
        var name = element.LocalName;
        if (name == "br")
        {
            text.Append('\n');
            return;
        }

        if (name == "img")
        {
            text.Append(element.GetAttribute("alt"));
            return;
        }

        if (name is "sup" or "sub" && Raised(element.TextContent, name == "sup") is { } small)
        {
            text.Append(small);
            return;
        }

        var breaks = Blocks.Around(name).Length;
        Break(text, breaks);
        text.Append(name switch { "li" => Marker(element, numbers), "input" => element.HasAttribute("checked") ? "[x]" : "[ ]", _ => "" });
        Write(element, text, preformatted || name == "pre", numbers);
        text.Append(name is "td" or "th" && element.NextElementSibling is not null ? "\t" : "");
        Break(text, breaks);
    }

    // The previous item has been counted already.
    private static string Marker(IElement item, Dictionary<IElement, int> numbers)
    {
        if (item.ParentElement is not { LocalName: "ol" } list)
        {
            return "- ";
        }

        numbers[list] = numbers.TryGetValue(list, out var last) ? last + 1
            : int.TryParse(list.GetAttribute("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start)
            ? start
            : 1;
        return string.Create(CultureInfo.InvariantCulture, $"{numbers[list]}. ");
    }

    // A raised number must not run into the number before it: 10 to the power of 6 is not 106.
    private static string? Raised(string digits, bool up) =>
        digits.Length is > 0 and <= 20 && digits.All(static c => char.IsAsciiDigit(c) || c is '-' or '+')
        ? string.Concat(digits.Select(c => (up, c) switch
        {
            (true, '1') => '\u00B9',
            (true, '2') => '\u00B2',
            (true, '3') => '\u00B3',
            (true, '-') => '\u207B',
            (true, '+') => '\u207A',
            (true, _) => (char)('\u2070' + (c - '0')),
            (_, '-') => '\u208B',
            (_, '+') => '\u208A',
            _ => (char)('\u2080' + (c - '0')),
        }))
        : null;

    private static void Break(StringBuilder text, int breaks)
    {
        for (var i = 1; i <= breaks; i++)
        {
            if (text.Length >= i && text[^i] != '\n')
            {
                text.Append('\n', breaks - i + 1);
                return;
            }
        }
    }
}
