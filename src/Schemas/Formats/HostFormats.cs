using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Orkestron.Schemas.Formats;

/// <summary>Names and addresses of hosts: RFC 1123, RFC 5890, RFC 2673 section 3.2, RFC 4291 section 2.2.</summary>
internal static class HostFormats
{
    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    public static bool IsHostname(string text) => text.Length is > 0 and <= 253
        && text.Split('.').All(static label => label.Length is > 0 and <= 63
            && label.All(static sign => char.IsAsciiLetterOrDigit(sign) || sign == '-')
            && label[0] != '-' && label[^1] != '-'
            // Kept for labels that stand for other letters; which letters those may be is the registry's to say.
            && (label.Length < 4 || label[2..4] != "--" || (label.Length > 5 && label.StartsWith(
                "xn--", StringComparison.OrdinalIgnoreCase))));

    public static bool IsInternationalHostname(string text)
    {
        try
        {
            return text.Length > 0 && IsHostname(Names.GetAscii(text));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static bool IsIpv4(string text) => text.Split('.') is { Length: 4 } parts && parts.All(static part =>
        part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
        && int.Parse(part, CultureInfo.InvariantCulture) <= 255);

    public static bool IsIpv6(string text) =>
        text.Length <= 45 && text.All(static sign => char.IsAsciiHexDigit(sign) || sign is ':' or '.')
        && (!text.Contains('.', StringComparison.Ordinal) || IsIpv4(text[(text.LastIndexOf(':') + 1)..]))
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}
