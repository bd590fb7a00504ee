using System.Text.RegularExpressions;

namespace Orkestron.Schemas.Formats;

/// <summary>Addresses of RFC 3986 and RFC 3987, templates of RFC 6570, pointers of RFC 6901.</summary>
internal static partial class UriFormats
{
    /// <param name="text">The text.</param>
    /// <param name="international">Whether letters beyond ASCII may stand in it.</param>
    public static bool IsUri(string text, bool international) =>
        Scheme().Match(text) is { Success: true } scheme && IsRest(text[scheme.Length..], international);

    /// <param name="text">The text.</param>
    /// <param name="international">Whether letters beyond ASCII may stand in it.</param>
    public static bool IsReference(string text, bool international)
    {
        if (IsUri(text, international))
        {
            return true;
        }

        // Before the first / ? or # a colon would end a scheme.
        var first = text.AsSpan(0, text.AsSpan().IndexOfAny('/', '?', '#') is >= 0 and var end ? end : text.Length);
        return !first.Contains(':') && IsRest(text, international);
    }

    public static bool IsTemplate(string text) => Template().IsMatch(text);

    public static bool IsPointer(string text) => Pointer().IsMatch(text);

    public static bool IsRelativePointer(string text) => RelativePointer().IsMatch(text);

    private static bool IsRest(string text, bool international)
    {
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            var end = text.AsSpan(2).IndexOfAny('/', '?', '#') is >= 0 and var at ? at + 2 : text.Length;
            if (!IsAuthority(text[2..end], international))
            {
                return false;
            }

            text = text[end..];
        }

        return text.Count(static sign => sign == '#') <= 1 && (international ? InternationalPath() : Path()).IsMatch(text);
    }

    private static bool IsAuthority(string authority, bool international)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        var port = HostAndPort().Match(host);
        if (!port.Success || (at >= 0 && !(international ? InternationalPart() : Part()).IsMatch(authority[..at])))
        {
            return false;
        }

        var name = port.Groups[1].Value;
        return name is ['[', .., ']']
            ? HostFormats.IsIpv6(name[1..^1]) || Future().IsMatch(name)
            : (international ? InternationalPart() : Part()).IsMatch(name) && !name.Contains(':', StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(\[[^\[\]]*\]|[^\[\]:]*)(?::[0-9]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostAndPort();

    [GeneratedRegex(@"^\[[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Future();

    [GeneratedRegex(@"^(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?:[A-Za-z0-9._~!$&'()*+,;=:-]|[\u00A0-\uFFEF]|%[0-9A-Fa-f]{2})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex InternationalPart();

    [GeneratedRegex(@"^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Path();

    [GeneratedRegex(@"^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|[\u00A0-\uFFEF]|%[0-9A-Fa-f]{2})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex InternationalPath();

    [
        GeneratedRegex(
            @"^(?:[^\x00-\x20""<>\\^`{|}%\x7F]|%[0-9A-Fa-f]{2}|\{[+#./;?&=,!@|]?[A-Za-z0-9_%]+(?:\.[A-Za-z0-9_%]+)*(?::[1-9][0-9]{0,3}|\*)?(?:,[A-Za-z0-9_%]+(?:\.[A-Za-z0-9_%]+)*(?::[1-9][0-9]{0,3}|\*)?)*\})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking),
    ]
    private static partial Regex Template();

    [GeneratedRegex(@"^(?:/(?:[^~/]|~[01])*)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pointer();

    [GeneratedRegex(@"^(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RelativePointer();
}
