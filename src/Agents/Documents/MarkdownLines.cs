using System.Text;

namespace Orkestron.Agents.Documents;

/// <summary>Lines of Markdown made of words that are escaped already.</summary>
internal static class MarkdownLines
{
    /// <summary>Placeholder of a line break until its context is known: U+FDD0 is never a character of a page.</summary>
    public const char Break = '\uFDD0';

    /// <summary>A paragraph: its breaks are hard ones, and no line begins a list, a heading or a rule.</summary>
    public static string Paragraph(string words)
    {
        var lines = words.Trim(' ', Break).Split(Break);
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = PlainText.EscapeStart(lines[i].Trim(' '));
            // Two blanks do it after words; on an empty line they would end the paragraph.
            text.Append(line).Append(i == lines.Length - 1 ? "" : line.Length > 0 ? "  \n" : "\\\n");
        }

        return text.ToString();
    }

    /// <summary>Words in one line: a break is a space.</summary>
    public static string One(string words) => Blocks.OneSpace(words.Replace(Break, ' ')).Trim();

    /// <summary>The longest run of a character.</summary>
    public static int LongestRun(string text, char of)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == of ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
