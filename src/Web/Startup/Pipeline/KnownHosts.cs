using System.Net.NetworkInformation;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>
/// Answers only requests for the known host names of this server. This prevents DNS rebinding, and links that are built from a
/// forged Host header. Health checks are answered for every host.
/// </summary>
internal sealed class KnownHosts(RequestDelegate next, IConfiguration configuration)
{
    private const string Setting = "AllowedHosts";

    private readonly IList<StringSegment> _hosts = [.. Of(configuration).Select(static host => new StringSegment(host))];

    /// <summary>Disables the framework's check, whose answer does not say what to do.</summary>
    public static void Replace(IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(static options => options.AllowedHosts = ["*"]);

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var host = context.Request.Host;
        if (HostString.MatchesAny(host.Host, _hosts)
            || context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        return Problems.WriteAsync(context, Problems.Of(
            context,
            new ProblemKind(400, "unknown_host", "This server is not known by that name"),
            "This server does not answer for the Host of the request. The operator can add it to the setting AllowedHosts, "
                + "for instance AllowedHosts=orkestron.example.org."));
    }

    /// <summary>
    /// The hosts that are configured (<c>AllowedHosts</c>, separated by semicolons); otherwise the loopback names, those of
    /// the configured addresses, and, where it listens on all addresses of the machine, its name and its addresses.
    /// </summary>
    internal static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        var configured = (configuration[Setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (configured.Length > 0)
        {
            return configured;
        }

        var names = new List<string> { "localhost", "127.0.0.1", "[::1]" };
        var everywhere = !string.IsNullOrWhiteSpace(configuration["http_ports"])
            || !string.IsNullOrWhiteSpace(configuration["https_ports"]);
        var addresses = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static each => each["Url"] ?? ""))
            .Append(configuration["Orkestron:Endpoints:PublicAddress"] ?? "");
        foreach (var address in addresses.Where(static each => each.Length > 0))
        {
            var host = BindingAddress.Parse(address).Host;
            if (host is "*" or "+" or "0.0.0.0" or "[::]")
            {
                everywhere = true;
            }
            else
            {
                names.Add(host);
            }
        }

        return everywhere ? [.. names, .. OfMachine()] : names;
    }

    private static IEnumerable<string> OfMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(static each => each.GetIPProperties().UnicastAddresses)
        .Select(static each => each.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"[{each.Address.ToString().Split('%')[0]}]"
            : each.Address.ToString())
        .Append(Environment.MachineName);
}
