using Microsoft.Extensions.DependencyInjection;
using Orkestron.Domain.Artifacts;
using Orkestron.Silo.Configuration;
using Orkestron.Silo.Storage;

namespace Orkestron.Silo.Artifacts;

/// <summary>Registers files.</summary>
internal static class ArtifactHosting
{
    /// <summary>On a silo, whose store is opened before it starts.</summary>
    public static IServiceCollection AddArtifacts(this IServiceCollection services)
    {
        services.AddSingleton<ArtifactFiles>();
        services.AddHostedService<ArtifactSweep>();
        return services;
    }

    /// <summary>
    /// On a client node: it reads and writes files in the cluster's database itself, so it needs the master key
    /// (<c>Orkestron:Journal:MasterKeyBase64</c>). Opened when the first file is asked for.
    /// </summary>
    public static IServiceCollection AddArtifactsOfACluster(this IServiceCollection services, SiloSettings settings)
    {
        services.AddStoreJournal(settings);
        services.AddOptions<ArtifactOptions>().BindConfiguration("Orkestron:Artifacts").ValidateDataAnnotations();
        services.AddSingleton<ArtifactFiles>();
        return services;
    }
}
