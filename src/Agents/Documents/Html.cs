using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Orkestron.Agents.Documents;

/// <summary>Reads HTML into a tree that holds nothing a page could run or load by itself.</summary>
internal static class Html
{
    // The tree is walked by recursion, in the sanitizer too.
    private const int MaxDepth = 200;
    private const int MaxNodes = 200_000;

    /// <exception cref="Orkestron.Contracts.Agents.AgentRefusedException">It is nested too deeply or has too many nodes.</exception>
    public static IHtmlDocument ReadSafely(string html, List<string> warnings)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        MustBeShallow(document);
        var removed = new SortedSet<string>(StringComparer.Ordinal);
        removed.UnionWith(document.Head?.Children.Where(static e => e.LocalName != "title").Select(static e => $"<{e.LocalName}>") ?? []);
        var sanitizer = new HtmlSanitizer();
        foreach (var tag in (string[])["form", "input", "button", "select", "textarea", "option", "optgroup", "fieldset", "keygen", "label"])
        {
            sanitizer.AllowedTags.Remove(tag);
        }

        sanitizer.AllowedAttributes.Remove("style");
        sanitizer.AllowedSchemes.Add("mailto");
        sanitizer.RemovingTag += (_, e) => removed.Add($"<{e.Tag.LocalName}>");
        sanitizer.RemovingAttribute += (_, e) => removed.Add(e.Attribute.Name);
        var safe = sanitizer.SanitizeDom(document, document.Body);
        if (removed.Count > 0)
        {
            var names = string.Join(", ", removed.Take(10).Select(static name => name.Length <= 40 ? name : name[..40]));
            warnings.Add($"Removed as unsafe or unknown: {names}{(removed.Count > 10 ? " and more" : "")}.");
        }

        return safe;
    }

    public static string ToText(IHtmlDocument document) => (document.Body?.InnerHtml ?? "").Trim() + "\n";

    private static void MustBeShallow(IHtmlDocument document)
    {
        var depth = 0;
        var nodes = 0;
        INode? node = document;
        while (node is not null)
        {
            if (++nodes > MaxNodes || depth > MaxDepth)
            {
                throw DocumentFault.Of(
                    "too_deep", $"The HTML document is nested deeper than {MaxDepth} levels or has more than {MaxNodes:N0} nodes.");
            }

            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                (node, depth) = (node.Parent, depth - 1);
            }

            node = node?.NextSibling;
        }
    }
}
