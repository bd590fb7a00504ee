using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Documents;

/// <summary>Reads HTML into a tree that holds nothing a page could run or load by itself.</summary>
internal static partial class Html
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
        foreach (var tag in (string[])[
            "form", "input", "button", "select", "textarea", "option", "optgroup", "fieldset", "keygen", "label",
        ])
        {
            sanitizer.AllowedTags.Remove(tag);
        }

        sanitizer.AllowedAttributes.Remove("style");
        sanitizer.AllowedSchemes.Add("mailto");
        sanitizer.RemovingTag += (_, e) =>
        {
            e.Cancel = IsTaskBox(e.Tag);
            removed.UnionWith(e.Cancel ? [] : [$"<{e.Tag.LocalName}>"]);
        };
        sanitizer.RemovingAttribute += (_, e) =>
        {
            e.Cancel = Harmless(e.Tag, e.Attribute);
            removed.UnionWith(e.Cancel ? [] : [e.Attribute.Name]);
        };
        var safe = sanitizer.SanitizeDom(document, document.Body);
        if (removed.Count > 0)
        {
            var names = string.Join(", ", removed.Take(10).Select(static name => TextCut.Head(name, 40)));
            warnings.Add($"Removed as unsafe or unknown: {names}{(removed.Count > 10 ? " and more" : "")}.");
        }

        return safe;
    }

    public static string ToText(IHtmlDocument document) => (document.Body?.InnerHtml ?? "").Trim() + "\n";

    // The checkbox of a task list, disabled.
    private static bool IsTaskBox(IElement element)
    {
        if (element.LocalName != "input" || element.GetAttribute("type") is not { } type
            || !type.Equals("checkbox", StringComparison.OrdinalIgnoreCase)
            || element.Closest("li") is null)
        {
            return false;
        }

        foreach (var name in element.Attributes.Select(static attribute => attribute.Name).Where(
            static name => name is not ("type" or "checked")).ToList())
        {
            element.RemoveAttribute(name);
        }

        element.SetAttribute("disabled", "disabled");
        return true;
    }

    // A class that names the language of code, and the places of footnotes.
    private static bool Harmless(IElement element, IAttr attribute)
    {
        if (attribute.Name == "class" && CodeLanguage.ClassOf(element) is { } language)
        {
            attribute.Value = language;
            return true;
        }

        return attribute.Name == "id" && Footnote().IsMatch(attribute.Value);
    }

    [GeneratedRegex("^fn(?:ref)?:[0-9]{1,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Footnote();

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
