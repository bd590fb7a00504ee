using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>Writes a page as CommonMark with pipe tables; what Markdown has no word for keeps its text only.</summary>
internal static class HtmlToMarkdown
{
    public static string Write(IHtmlDocument document) =>
        document.Body is { } body ? Blocks.Tidy(Children(body)) : "\n";

    private static string Children(IElement node)
    {
        var text = new StringBuilder();
        var begins = Blocks.Around(node.LocalName).Length > 0;
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
            {
                text.Append(PlainText.Escape(Blocks.Words(words.Data, text, begins)));
            }
            else if (child is IElement element)
            {
                text.Append(Element(element));
            }
        }

        return text.ToString();
    }

    private static string Element(IElement element) => element.LocalName switch
    {
        "h1" or "h2" or "h3" or "h4" or "h5" or "h6" =>
            $"\n\n{new string('#', element.LocalName[1] - '0')} {Line(Children(element))}\n\n",
        "strong" or "b" => Mark("**", Children(element)),
        "em" or "i" => Mark("*", Children(element)),
        "del" or "s" => Mark("~~", Children(element)),
        "code" => Code(element.TextContent),
        "pre" => $"\n\n{Fence(element.TextContent)}\n{element.TextContent.TrimEnd('\n')}\n{Fence(element.TextContent)}\n\n",
        "br" => "  \n",
        "hr" => "\n\n---\n\n",
        "a" => Link(Children(element), element.GetAttribute("href")),
        "img" => "!" + Link(PlainText.Escape(element.GetAttribute("alt") ?? ""), element.GetAttribute("src")),
        "ul" or "ol" => $"\n\n{List(element)}\n\n",
        "blockquote" => $"\n\n{Indent(Blocks.Tidy(Children(element)).TrimEnd(), "> ", "> ")}\n\n",
        "table" => $"\n\n{Table(element)}\n\n",
        var name => Blocks.Around(name) + Children(element) + Blocks.Around(name),
    };

    private static string List(IElement list)
    {
        var items = new StringBuilder();
        var number = 1;
        foreach (var item in list.Children)
        {
            var mark = list.LocalName == "ul" ? "- " : string.Create(CultureInfo.InvariantCulture, $"{number++}. ");
            var text = Blocks.Tidy(Children(item).Trim()).TrimEnd().Replace("\n\n-", "\n-", StringComparison.Ordinal);
            items.Append(Indent(text, mark, new string(' ', mark.Length))).Append('\n');
        }

        return items.ToString();
    }

    private static string Table(IElement table)
    {
        var rows = table.QuerySelectorAll("tr")
            .Select(static row => row.Children.Select(static cell => Line(Children(cell))).ToList())
            .Where(static cells => cells.Count > 0)
            .ToList();
        if (rows.Count == 0)
        {
            return "";
        }

        var width = rows.Max(static cells => cells.Count);
        // Each row is as wide as the widest: one wide row in a long table would else write far more than was read.
        if ((long)width * rows.Count > 100_000)
        {
            throw DocumentFault.Of("output_too_large", "A table of the document is too large; at most 100,000 cells are allowed.");
        }

        var lines = rows.Select(cells => $"| {string.Join(" | ", cells.Concat(Enumerable.Repeat("", width - cells.Count)))} |").ToList();
        lines.Insert(1, $"|{string.Concat(Enumerable.Repeat(" --- |", width))}");
        return string.Join('\n', lines);
    }

    private static string Link(string text, string? target) =>
        string.IsNullOrWhiteSpace(target) ? text : $"[{Line(text)}](<{target.Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal).ReplaceLineEndings("")}>)";

    // A mark must touch its words: spaces inside move outside.
    private static string Mark(string mark, string text)
    {
        var words = text.Trim();
        if (words.Length == 0)
        {
            return text;
        }

        var start = text.IndexOf(words, StringComparison.Ordinal);
        return text[..start] + mark + words + mark + text[(start + words.Length)..];
    }

    private static string Code(string code)
    {
        var fence = new string('`', LongestRun(code) + 1);
        var pad = code.StartsWith('`') || code.EndsWith('`') ? " " : "";
        return $"{fence}{pad}{Line(code)}{pad}{fence}";
    }

    private static string Fence(string code) => new('`', Math.Max(3, LongestRun(code) + 1));

    private static int LongestRun(string code)
    {
        var (longest, run) = (0, 0);
        foreach (var c in code)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string Indent(string text, string first, string rest) =>
        first + text.Replace("\n", "\n" + rest, StringComparison.Ordinal);

    private static string Line(string text) => Blocks.OneSpace(text).Trim();
}
