using System.Text.RegularExpressions;

namespace Orkestron.Schemas.Formats;

/// <summary>Mailboxes of RFC 5321 section 4.1.2 and RFC 6531.</summary>
internal static partial class MailFormats
{
    public static bool IsEmail(string text) => IsMailbox(text, Local(), HostFormats.IsHostname);

    public static bool IsInternationalEmail(string text) => IsMailbox(text, InternationalLocal(), HostFormats.IsInternationalHostname);

    private static bool IsMailbox(string text, Regex local, Func<string, bool> isHost)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || text.Length > 320 || !local.IsMatch(text[..at]))
        {
            return false;
        }

        var host = text[(at + 1)..];
        return host is ['[', .., ']']
            ? HostFormats.IsIpv4(host[1..^1])
                || (host.StartsWith("[IPv6:", StringComparison.OrdinalIgnoreCase) && HostFormats.IsIpv6(host[6..^1]))
            : isHost(host);
    }

    [GeneratedRegex("""^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[ !#-\[\]-~]|\\[ -~])*")\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Local();

    [GeneratedRegex("""^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uFFFF-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uFFFF-]+)*|"(?:[ !#-\[\]-~\u0080-\uFFFF]|\\[ -~])*")\z""", RegexOptions.CultureInvariant)]
    private static partial Regex InternationalLocal();
}
