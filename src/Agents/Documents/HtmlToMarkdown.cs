using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>
/// Writes a page as CommonMark with pipe tables. Words of the page are never taken for markup; what Markdown has no sign for is
/// kept as the HTML that Markdown allows (sub and superscript, keys), or keeps its text.
/// </summary>
internal static class HtmlToMarkdown
{
    public static string Write(IHtmlDocument document, List<string> warnings) =>
        document.Body is { } body ? Children(body, warnings) + "\n" : "\n";

    /// <summary>The blocks of an element, a blank line between them; text beside blocks is a paragraph.</summary>
    public static string Children(IElement parent, List<string> warnings, bool tight = false)
    {
        var text = new StringBuilder();
        var run = new List<INode>();
        var last = "";
        var turn = false;
        foreach (var child in parent.ChildNodes)
        {
            if (child is not IElement element || !Blocks.HoldsBlocks(element))
            {
                run.Add(child);
                continue;
            }

            Flush();
            // Markdown joins two adjacent lists unless their markers differ.
            turn = element.LocalName is "ul" or "ol" && last == element.LocalName && !turn;
            Add(Block(element, warnings, turn), element.LocalName);
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            if (run.Count > 0)
            {
                var paragraph = MarkdownLines.Paragraph(MarkdownInline.Write(run));
                Add(paragraph, paragraph.Length > 0 ? "p" : last);
                run.Clear();
            }
        }

        void Add(string block, string name)
        {
            if (block.Length > 0)
            {
                text.Append(text.Length == 0 ? "" : tight && name is "ul" or "ol" ? "\n" : "\n\n").Append(block);
                last = name;
            }
        }
    }

    private static string Block(IElement element, List<string> warnings, bool turn) => element.LocalName switch
    {
        "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => Heading(element),
        "pre" => Pre(element),
        "hr" => "---",
        "ul" or "ol" or "menu" or "dir" => List(element, warnings, turn),
        "blockquote" => Indent(Children(element, warnings), "> ", "> "),
        "table" => MarkdownTable.Write((IHtmlTableElement)element, warnings),
        "summary" => MarkdownLines.Paragraph(MarkdownInline.Write(element.ChildNodes)) is { Length: > 0 } words ? $"**{words}**" : "",
        _ => Children(element, warnings),
    };

    private static string Heading(IElement heading)
    {
        var words = MarkdownLines.One(MarkdownInline.Write(heading.ChildNodes));
        return words.Length == 0 ? "" : $"{new string('#', heading.LocalName[1] - '0')} {words}";
    }

    private static string Pre(IElement pre)
    {
        var code = Blocks.Preformatted(pre);
        code = code.EndsWith('\n') ? code[..^1] : code;
        var fence = new string('`', Math.Max(3, MarkdownLines.LongestRun(code, '`') + 1));
        return $"{fence}{CodeLanguage.Of(pre)}\n{code}\n{fence}";
    }

    private static string List(IElement list, List<string> warnings, bool turn)
    {
        var ordered = list.LocalName == "ol";
        var number = ordered
            && int.TryParse(list.GetAttribute("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start)
            && start is >= 0 and <= 999_999_999
            ? start
            : 1;
        var items = new StringBuilder();
        foreach (var item in list.ChildNodes)
        {
            if (item is IElement { LocalName: "ul" or "ol" } within && items.Length > 0)
            {
                // A list that stands beside the items belongs to the one before it.
                var inside = new string(' ', ordered ? 3 : 2);
                items.Append('\n').Append(Indent(List(within, warnings, false), inside, inside));
                continue;
            }

            var text = item switch
            {
                IElement element =>
                    Blocks.HoldsBlocks(element) && element.LocalName != "li"
                        ? Block(element, warnings, false)
                        : Children(element, warnings, tight: true),
                IText words => MarkdownLines.Paragraph(MarkdownInline.Write([words])),
                _ => "",
            };
            if (item is not IElement && text.Length == 0)
            {
                continue;
            }

            var mark = ordered
                ? string.Create(CultureInfo.InvariantCulture, $"{number++}{(turn ? ')' : '.')} ")
                : turn ? "* " : "- ";
            items.Append(items.Length > 0 ? "\n" : "").Append(Indent(text, mark, new string(' ', mark.Length)).TrimEnd(' '));
        }

        return items.ToString();
    }

    // Blank lines take no indent.
    private static string Indent(string text, string first, string rest) =>
        first + string.Join('\n', text.Split('\n').Select((line, i) => i == 0 ? line : line.Length == 0 ? rest.TrimEnd() : rest + line));
}
