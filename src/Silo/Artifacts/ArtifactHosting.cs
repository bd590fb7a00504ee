using Microsoft.Extensions.DependencyInjection;
using Orkestron.Domain.Artifacts;
using Orkestron.Silo.Configuration;
using Orkestron.Silo.Storage;

namespace Orkestron.Silo.Artifacts;

/// <summary>Registers files.</summary>
internal static class ArtifactHosting
{
    /// <summary>For a silo, which opens the store before it starts.</summary>
    public static IServiceCollection AddArtifacts(this IServiceCollection services)
    {
        services.AddSingleton<ArtifactFiles>();
        services.AddHostedService<ArtifactSweep>();
        return services;
    }

    /// <summary>
    /// For a client node, which reads and writes files in the cluster's database itself, and so needs the master key
    /// (<c>Orkestron:Journal:MasterKeyBase64</c>). The store is opened with the first file.
    /// </summary>
    public static IServiceCollection AddArtifactsOfACluster(this IServiceCollection services, SiloSettings settings)
    {
        services.AddStoreJournal(settings);
        services.AddOptions<ArtifactOptions>().BindConfiguration("Orkestron:Artifacts").ValidateDataAnnotations();
        services.AddSingleton<ArtifactFiles>();
        return services;
    }
}
