using Orleans.Configuration;

namespace Orkestron.Silo.Hosting;

/// <summary>How soon a dead silo is noticed: two missed probes of two seconds, so within about five seconds.</summary>
internal static class ClusterTiming
{
    /// <summary>How long a client node's call through a gateway that died waits for its answer.</summary>
    public static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Timeout of a silo's calls. A watch without news is answered after half of it, which must be well before
    /// <see cref="ClientTimeout"/>, or client nodes would take silence for a loss. A watch may delay the migration of a task this long.
    /// </summary>
    public static readonly TimeSpan SiloTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How soon a client node knows of a new silo, to which it can fail over.</summary>
    public static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    public static void Tune(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 2;
        // In a small cluster one witness must be enough; the runtime never asks for more votes than there are silos.
        options.NumVotesForDeathDeclaration = 1;
        options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }
}
