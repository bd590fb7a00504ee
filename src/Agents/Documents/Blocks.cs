using System.Text;
using AngleSharp.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>White space between the blocks of a page.</summary>
internal static class Blocks
{
    /// <summary>The line breaks before and after an element.</summary>
    public static string Around(string element) => element switch
    {
        "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre"
            or "hr" or "figure" or "section" or "article" or "header" or "footer" or "address" or "main" or "nav"
            or "details" or "aside" or "hgroup" or "dialog" or "search" or "menu" or "dir" or "center" => "\n\n",
        "div" or "li" or "tr" or "dt" or "dd" or "figcaption" or "caption" or "summary" => "\n",
        _ => "",
    };

    /// <summary>Whether an element stands on lines of its own.</summary>
    public static bool IsBlock(string element) => Around(element).Length > 0;

    /// <summary>Whether an element is a block or has one within: a link around a paragraph.</summary>
    public static bool HoldsBlocks(IElement element) => IsBlock(element.LocalName) || element.Children.Any(HoldsBlocks);

    /// <summary>The text of preformatted code: a break is a line.</summary>
    public static string Preformatted(INode node) => string.Concat(node.ChildNodes.Select(static child =>
        child is IText words ? words.Data : child is IElement { LocalName: "br" } ? "\n" : Preformatted(child)));

    /// <summary>Runs of white space become one space, as a browser shows them.</summary>
    public static string OneSpace(string text)
    {
        var one = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\n' or '\r' or '\f'))
            {
                one.Append(c);
            }
            else if (one.Length == 0 || one[^1] != ' ')
            {
                one.Append(' ');
            }
        }

        return one.ToString();
    }

    /// <summary>Words as a browser shows them after <paramref name="before"/>: no space begins a line.</summary>
    /// <param name="words">The text of a node.</param>
    /// <param name="before">What is written already.</param>
    /// <param name="begins">Whether a block begins with these words when nothing is written.</param>
    public static string Words(string words, StringBuilder before, bool begins)
    {
        var shown = OneSpace(words);
        var atStart = before.Length == 0 ? begins : before[^1] == '\n';
        return atStart ? shown.TrimStart(' ') : shown;
    }

    /// <summary>At most one blank line at a place, no space at the end of a line, one line break at the end.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        var blank = 0;
        foreach (var line in text.Split('\n'))
        {
            var kept = line.TrimEnd(' ', '\t', '\r');
            if (kept.Length == 0)
            {
                blank++;
                continue;
            }

            if (tidy.Length > 0)
            {
                tidy.Append(blank > 0 ? "\n\n" : "\n");
            }

            tidy.Append(kept);
            blank = 0;
        }

        return tidy.Append('\n').ToString();
    }
}
