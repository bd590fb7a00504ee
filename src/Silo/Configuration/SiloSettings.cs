using System.Net;
using Microsoft.Extensions.Configuration;

namespace Orkestron.Silo.Configuration;

/// <summary>Configuration of this process.</summary>
/// <param name="DataFolder"><c>Orkestron:DataDirectory</c>: the embedded store, keys, logs.</param>
/// <param name="ConnectionString"><c>ConnectionStrings:Orkestron</c>: PostgreSQL; null for the embedded store.</param>
/// <param name="Cluster"><c>Orkestron:Cluster</c>: whether this process joins others on the same PostgreSQL.</param>
/// <param name="ClusterId"><c>Orkestron:ClusterId</c>: which of several clusters on one database.</param>
/// <param name="Address"><c>Orkestron:Address</c>: where other nodes reach this one.</param>
/// <param name="SiloPort"><c>Orkestron:SiloPort</c>: 0 takes a free one.</param>
/// <param name="GatewayPort"><c>Orkestron:GatewayPort</c>: for client nodes; 0 for none.</param>
public sealed record SiloSettings(
    string DataFolder,
    string? ConnectionString,
    bool Cluster,
    string ClusterId,
    IPAddress Address,
    int SiloPort,
    int GatewayPort)
{
    /// <summary>The service's name in Orleans: part of the keys of stored states, so it never changes.</summary>
    internal const string ServiceId = "orkestron";

    /// <summary>The invariant name of PostgreSQL's driver in Orleans' AdoNet providers.</summary>
    internal const string Npgsql = "Npgsql";

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="InvalidOperationException">The settings are contradictory or malformed; the message says what to do
    /// it.</exception>
    public static SiloSettings Read(IConfiguration configuration, string contentRoot)
    {
        var section = configuration.GetSection("Orkestron");
        var connection = configuration.GetConnectionString("Orkestron");
        var cluster = section.GetValue("Cluster", false);
        if (cluster && string.IsNullOrWhiteSpace(connection))
        {
            throw new InvalidOperationException(
                "A cluster needs PostgreSQL: set ConnectionStrings:Orkestron, or turn Orkestron:Cluster off.");
        }

        var address = section["Address"] ?? IPAddress.Loopback.ToString();
        return new SiloSettings(
            Path.GetFullPath(section["DataDirectory"] ?? "data", contentRoot),
            string.IsNullOrWhiteSpace(connection) ? null : connection,
            cluster,
            section["ClusterId"] ?? "orkestron",
            IPAddress.TryParse(address, out var parsed)
                ? parsed
                : throw new InvalidOperationException($"Orkestron:Address is not an IP address: '{address}'."),
            Port(section, "SiloPort"),
            Port(section, "GatewayPort"));
    }

    private static int Port(IConfigurationSection section, string name)
    {
        var port = section.GetValue(name, 0);
        return port is >= 0 and <= 65_535
            ? port
            : throw new InvalidOperationException($"Orkestron:{name} must be 0 to 65535, not {port}.");
    }
}
