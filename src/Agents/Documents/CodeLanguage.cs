using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>The language of a block of code, by the class that pages give it: <c>language-py</c> or <c>lang-py</c>.</summary>
internal static partial class CodeLanguage
{
    /// <summary>The language's name, or empty.</summary>
    public static string Of(IElement pre) =>
        Name(pre)
            ?? pre.Children.Where(static child => child.LocalName == "code").Select(Name).FirstOrDefault(static name => name is not null)
            ?? "";

    /// <summary>The one class of an element that names a language, or null.</summary>
    public static string? ClassOf(IElement element) =>
        element.LocalName is "pre" or "code" ? element.ClassList.FirstOrDefault(static name => Named().IsMatch(name)) : null;

    private static string? Name(IElement element) =>
        ClassOf(element) is { } name ? name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..] : null;

    [GeneratedRegex(@"^(?:language|lang)-[A-Za-z0-9_+#.\-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
