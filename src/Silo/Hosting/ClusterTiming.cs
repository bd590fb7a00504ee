using Orleans.Configuration;

namespace Orkestron.Silo.Hosting;

/// <summary>How soon a dead silo is noticed: two missed probes of two seconds, so within about five seconds.</summary>
internal static class ClusterTiming
{
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
