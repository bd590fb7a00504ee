using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Microsoft.AspNetCore.Components;

namespace Orkestron.Web.Shared.Rendering;

/// <summary>
/// Renders Markdown of agents, which is hostile: HTML in it is escaped, and dangerous output (script links, remote images, forms,
/// styles) is removed after rendering. Thread-safe.
/// </summary>
internal sealed class SafeMarkdown
{
    /// <summary>Longer texts are shown as plain text.</summary>
    public const int MaxCharacters = 100_000;

    private static readonly string[] Tags =
    [
        "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "a",
        "table", "thead", "tbody", "tr", "th", "td",
    ];

    private readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();
    private readonly HtmlSanitizer _sanitizer = Make();

    /// <summary>The text as safe HTML.</summary>
    public MarkupString Render(string markdown)
    {
        var document = Markdown.Parse(markdown, _pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            // Below the page's own headings.
            heading.Level = Math.Min(6, heading.Level + 2);
        }

        return new MarkupString(_sanitizer.Sanitize(document.ToHtml(_pipeline)));
    }

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(Tags);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.Add("href");
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["https", "mailto"]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.PostProcessNode += static (_, node) =>
        {
            if (node.Node is AngleSharp.Dom.IElement { LocalName: "a" } link)
            {
                link.SetAttribute("rel", "noopener noreferrer nofollow ugc");
                link.SetAttribute("target", "_blank");
            }
        };
        return sanitizer;
    }
}
