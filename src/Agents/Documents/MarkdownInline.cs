using System.Text;
using AngleSharp.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>Writes words with their marks; line breaks stand as <see cref="MarkdownLines.Break"/>.</summary>
internal static class MarkdownInline
{
    private const int MaxLooked = 20;

    /// <param name="nodes">Text and elements within a line.</param>
    /// <param name="cell">Whether it is within a cell of a pipe table, where a pipe ends the cell even in code.</param>
    public static string Write(IEnumerable<INode> nodes, bool cell = false)
    {
        var text = new StringBuilder();
        foreach (var node in nodes)
        {
            var written = node switch
            {
                IText words => PlainText.Escape(Blocks.OneSpace(words.Data.Replace(MarkdownLines.Break, '\uFFFD'))),
                IElement element => Element(element, cell, text.Length > 0 ? text[^1] : ' ', Next(element)),
                _ => "",
            };
            // One space is shown where two meet, and none after a break.
            text.Append(text.Length > 0 && text[^1] is ' ' or MarkdownLines.Break ? written.TrimStart(' ') : written);
        }

        return text.ToString();
    }

    private static string Element(IElement element, bool cell, char before, char after) => element.LocalName switch
    {
        "strong" or "b" => Mark("**", "strong", element, cell, before, after),
        "em" or "i" => Mark("*", "em", element, cell, before, after),
        "del" or "s" or "strike" => Mark("~~", "del", element, cell, before, after),
        "code" or "tt" or "samp" => Code(element.TextContent, cell),
        "br" => MarkdownLines.Break.ToString(),
        "a" => Link(Inside(element, cell), element.GetAttribute("href"), cell),
        "img" => element.GetAttribute("src") is null
            ? PlainText.Escape(element.GetAttribute("alt") ?? "")
            : "!" + Link(PlainText.Escape(element.GetAttribute("alt") ?? ""), element.GetAttribute("src"), cell),
        "input" => element.HasAttribute("checked") ? "[x]" : "[ ]",
        "q" => $"\u201C{Inside(element, cell)}\u201D",
        // Markdown allows these, and has no sign for them.
        "sup" or "sub" or "kbd" or "ins" or "mark" or "u" => Inside(element, cell) is { Length: > 0 } words
            ? $"<{element.LocalName}>{words}</{element.LocalName}>"
            : "",
        _ => Inside(element, cell),
    };

    private static string Inside(IElement element, bool cell) => Write(element.ChildNodes, cell);

    // Emphasis marks must touch their words, so spaces move outside; within a word, next to punctuation, only an HTML tag works.
    private static string Mark(string mark, string tag, IElement element, bool cell, char before, char after)
    {
        var text = Inside(element, cell);
        var words = text.Trim(' ', MarkdownLines.Break);
        if (words.Length == 0 || Within(element.ParentElement, tag))
        {
            return text;
        }

        var start = text.IndexOf(words, StringComparison.Ordinal);
        before = start > 0 ? ' ' : before;
        after = start + words.Length < text.Length ? ' ' : after;
        var understood = (char.IsWhiteSpace(before) || IsPunctuation(before) || !IsPunctuation(words[0]))
            && (char.IsWhiteSpace(after) || IsPunctuation(after) || !IsPunctuation(words[^1])) && before != mark[0] && after != mark[0];
        return text[..start] + (understood ? mark + words + mark : $"<{tag}>{words}</{tag}>") + text[(start + words.Length)..];
    }

    private static bool IsPunctuation(char c) => char.IsPunctuation(c) || char.IsSymbol(c);

    // Bold within bold is bold.
    private static bool Within(IElement? parent, string tag) =>
        parent is not null && !Blocks.IsBlock(parent.LocalName)
        && ((parent.LocalName, tag) is ("strong" or "b", "strong") or ("em" or "i", "em") or (
            "del" or "s" or "strike", "del") || Within(parent.ParentElement, tag));

    // The text right after an element.
    private static char Next(IElement element)
    {
        var next = element.NextSibling;
        for (var i = 0; next is not null && i < MaxLooked; i++, next = next.NextSibling)
        {
            if (next.NodeType == NodeType.Element && next is IElement { LocalName: "br" })
            {
                return ' ';
            }

            if (next.TextContent is { Length: > 0 } text)
            {
                return next is IElement { LocalName: "strong" or "b" or "em" or "i" } ? '*' : text[0];
            }
        }

        return ' ';
    }

    private static string Link(string text, string? target, bool cell)
    {
        if (string.IsNullOrWhiteSpace(target))
        {
            return text;
        }

        var address = target.Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal)
            .ReplaceLineEndings("");
        return $"[{MarkdownLines.One(text)}](<{(cell ? address.Replace("|", "%7C", StringComparison.Ordinal) : address)}>)";
    }

    private static string Code(string code, bool cell)
    {
        var words = Blocks.OneSpace(code).Trim();
        if (words.Length == 0)
        {
            return "";
        }

        var fence = new string('`', MarkdownLines.LongestRun(words, '`') + 1);
        var pad = words.StartsWith('`') || words.EndsWith('`') ? " " : "";
        return $"{fence}{pad}{(cell ? words.Replace("|", "\\|", StringComparison.Ordinal) : words)}{pad}{fence}";
    }
}
