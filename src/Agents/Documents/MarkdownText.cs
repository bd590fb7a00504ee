using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Orkestron.Agents.Documents;

/// <summary>CommonMark with tables, strikethrough, task lists and footnotes. What it makes is not safe before
/// <see cref="Html.ReadSafely"/>.</summary>
internal static class MarkdownText
{
    // For each bracket the parser searches all open ones: tens of thousands would take half a minute.
    private const int MaxOpenBrackets = 1_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras()
        .UseTaskLists()
        .UseFootnotes()
        .Build();

    public static string ToHtml(string markdown)
    {
        MustCloseBrackets(markdown);
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            UnescapePipes(document);
            return document.ToHtml(Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig limits the levels itself and names no line.
            throw DocumentFault.Of("too_deep", "The Markdown document is nested too deeply; use fewer levels of lists and quotes.");
        }
    }

    // In a cell a pipe is escaped in code too (GFM, tables), and shown without.
    private static void UnescapePipes(MarkdownDocument document)
    {
        foreach (var code in document.Descendants<TableCell>().SelectMany(static cell => cell.Descendants<CodeInline>()))
        {
            code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);
        }
    }

    private static void MustCloseBrackets(string markdown)
    {
        var open = 0;
        var line = 1;
        foreach (var c in markdown)
        {
            open = c == '[' ? open + 1 : c == ']' ? Math.Max(0, open - 1) : open;
            line += c == '\n' ? 1 : 0;
            if (open > MaxOpenBrackets)
            {
                throw DocumentFault.At("Markdown", line, $"more than {MaxOpenBrackets:N0} brackets stand open; close them with ].");
            }
        }
    }
}
