using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Orkestron.Web.Startup;

/// <summary>
/// The proxies whose headers <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted. Section <c>Orkestron:Proxy</c>; none
/// by default, so that nobody can forge an address.
/// </summary>
internal sealed class ProxyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Proxy";

    /// <value>Addresses of proxies, separated by commas, for instance <c>127.0.0.1,::1</c>.</value>
    public string? KnownProxies { get; set; }

    /// <value>Networks of proxies, separated by commas, for instance <c>10.0.0.0/8</c>.</value>
    public string? KnownNetworks { get; set; }

    /// <value>How many proxies in a row are trusted. The default is 1.</value>
    public int ForwardLimit { get; set; } = 1;

    /// <summary>The options of the framework's middleware; null when no proxy is configured.</summary>
    /// <exception cref="InvalidOperationException">An address or a network is malformed.</exception>
    public ForwardedHeadersOptions? ToForwardedHeaders()
    {
        var proxies = Parts(KnownProxies).Select(static text => IPAddress.TryParse(text, out var address)
            ? address
            : throw new InvalidOperationException($"{Section}:{nameof(KnownProxies)} lists IP addresses; '{text}' is none.")).ToArray();
        var networks = Parts(KnownNetworks).Select(static text => System.Net.IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidOperationException(
                $"{Section}:{nameof(KnownNetworks)} lists networks such as 10.0.0.0/8; '{text}' is none.")).ToArray();
        if (proxies.Length == 0 && networks.Length == 0)
        {
            return null;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = ForwardLimit,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(proxy);
        }

        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }

    private static string[] Parts(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
