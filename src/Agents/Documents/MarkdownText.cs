using Markdig;

namespace Orkestron.Agents.Documents;

/// <summary>CommonMark with tables and strikethrough. What it makes is not safe before <see cref="Html.ReadSafely"/>.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras()
        .Build();

    public static string ToHtml(string markdown)
    {
        try
        {
            return Markdown.ToHtml(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig counts levels itself and tells no line.
            throw DocumentFault.Of("too_deep", "The Markdown document is nested too deeply; use fewer levels of lists and quotes.");
        }
    }
}
