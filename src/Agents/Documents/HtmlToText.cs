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
            Write(body, text, false);
        }

        return Blocks.Tidy(text.ToString());
    }

    private static void Write(INode node, StringBuilder text, bool preformatted)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
            {
                text.Append(preformatted ? words.Data : Blocks.Words(words.Data, text, true));
            }
            else if (child is IElement element)
            {
                Element(element, text, preformatted);
            }
        }
    }

    private static void Element(IElement element, StringBuilder text, bool preformatted)
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

        var breaks = Blocks.Around(name).Length;
        Break(text, breaks);
        text.Append(name == "li" ? "- " : "");
        Write(element, text, preformatted || name == "pre");
        text.Append(name is "td" or "th" && element.NextElementSibling is not null ? "\t" : "");
        Break(text, breaks);
    }

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
