using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Orkestron.Domain.Endpoints;

/// <summary>An address that an endpoint may have, by its form. Where its name leads is for the connection to check.</summary>
public sealed class EndpointAddress
{
    private const int MaxLength = 2_048;

    private EndpointAddress(Uri url, bool isLoopback) => (Url, IsLoopback) = (url, isLoopback);

    /// <summary>The address; its host is in ASCII.</summary>
    public Uri Url { get; }

    /// <summary>Whether it is on this machine, for development.</summary>
    public bool IsLoopback { get; }

    /// <summary>Scheme, host and port.</summary>
    public string Origin => $"{Url.Scheme}://{Id}";

    /// <summary>Host, with the port when it is not the scheme's own.</summary>
    public string Id => Url.IsDefaultPort
        ? Url.IdnHost
        : string.Create(CultureInfo.InvariantCulture, $"{Url.IdnHost}:{Url.Port}");

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowLoopback">Whether it may be on this machine, over http and at any port.</param>
    /// <param name="address">The address when it may be one.</param>
    /// <param name="fault">What is wrong when it may not, and what to do.</param>
    public static bool TryRead(
        string? text,
        bool allowLoopback,
        [NotNullWhen(true)] out EndpointAddress? address,
        [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = Fault(text, allowLoopback, out var url, out var loopback);
        if (fault is null)
        {
            address = new EndpointAddress(url!, loopback);
        }

        return fault is null;
    }

    private static string? Fault(string? text, bool allowLoopback, out Uri? url, out bool loopback)
    {
        (url, loopback) = (null, false);
        if (text is not { Length: > 0 and <= MaxLength }
            || text.Any(static each => char.IsControl(each) || char.IsWhiteSpace(each) || each == '\\')
            || !Uri.TryCreate(text, UriKind.Absolute, out url))
        {
            return $"An endpoint is an address like https://agents.acme.example/echo, at most {MaxLength:N0} characters.";
        }

        if (url.Scheme is not ("https" or "http"))
        {
            return "An endpoint's address begins with https://.";
        }

        if (url.UserInfo.Length > 0 || HasUser(text))
        {
            return "An endpoint's address has no user name or password: requests to it are signed instead.";
        }

        if (url.Fragment.Length > 0)
        {
            return "An endpoint's address has no fragment (#...): it is never sent.";
        }

        if (allowLoopback && url.IdnHost is ("localhost" or "127.0.0.1" or "::1"))
        {
            loopback = true;
            return null;
        }

        if (url.Scheme != "https")
        {
            return "An endpoint's address begins with https://: what it is sent is confidential.";
        }

        if (url.Port is not (443 or 8443))
        {
            return "An endpoint listens on port 443 or 8443.";
        }

        return HostFault(url);
    }

    private static string? HostFault(Uri url)
    {
        // Uri reads 0x7f000001, 2130706433 and 0177.0.0.1 as the addresses they are; the rest is caught by the last label.
        var host = url.IdnHost.TrimEnd('.');
        var labels = host.Split('.');
        if (url.HostNameType != UriHostNameType.Dns || IPAddress.TryParse(host, out _) || IsNumber(labels[^1]))
        {
            return "An endpoint's address has the name of a host, not an IP address.";
        }

        if (url.IdnHost.EndsWith('.') || host.Length > 253 || labels.Any(static label => !IsLabel(label)))
        {
            return "An endpoint's host name has labels of letters, digits and hyphens with dots between.";
        }

        return labels.Length < 2 || labels[^1] is "localhost" or "local" or "internal" or "lan" or "home" or "corp" or "onion"
            || host.EndsWith(".home.arpa", StringComparison.OrdinalIgnoreCase)
            ? "An endpoint's host has a public name, like agents.acme.example."
            : null;
    }

    // An empty one ("https://@host") is dropped by Uri, which hides what other readers see.
    private static bool HasUser(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return text.AsSpan(start, end < 0 ? text.Length - start : end).Contains('@');
    }

    // What a browser's URL parser would take for a number ends an IPv4 address.
    private static bool IsNumber(string label) =>
        label.Length > 0 && (label.All(char.IsAsciiDigit)
            || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label[2..].All(char.IsAsciiHexDigit)));

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_');
}
