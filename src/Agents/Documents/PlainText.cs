using System.Net;
using System.Text;

namespace Orkestron.Agents.Documents;

/// <summary>Text without markup: a blank line parts paragraphs, a line break is a line break.</summary>
internal static class PlainText
{
    private const string MarkdownMarks = "\\`*_[]<>#|~!&";

    public static string ToHtml(string text) => string.Concat(Paragraphs(text).Select(
        static p => $"<p>{string.Join("<br>\n", p.Split('\n').Select(WebUtility.HtmlEncode))}</p>\n"));

    public static string ToMarkdown(string text) => string.Join("\n\n", Paragraphs(text).Select(
        static p => string.Join("  \n", p.Split('\n').Select(EscapeLine)))) + "\n";

    /// <summary>Text that Markdown shows as it is.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (MarkdownMarks.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    // At the start of a line a hyphen, a plus, or a number with a point would begin a list, an equals sign a heading.
    private static string EscapeLine(string line) => EscapeStart(Escape(line.Trim()));

    /// <summary>A line of escaped words whose beginning is no list, heading or rule either.</summary>
    public static string EscapeStart(string trimmed)
    {
        var digits = 0;
        while (digits < trimmed.Length && char.IsAsciiDigit(trimmed[digits]))
        {
            digits++;
        }

        return trimmed.Length > 0 && trimmed[0] is '-' or '+' or '='
            ? "\\" + trimmed
            : digits > 0 && digits < trimmed.Length && trimmed[digits] is '.' or ')' ? trimmed.Insert(digits, "\\") : trimmed;
    }

    private static IEnumerable<string> Paragraphs(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                yield return string.Join('\n', lines);
                lines.Clear();
            }
        }
    }
}
