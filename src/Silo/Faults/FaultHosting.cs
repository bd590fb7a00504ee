using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orkestron.Silo.Faults;

/// <summary>Registers the retries of grain calls.</summary>
public static class FaultHosting
{
    /// <summary>Adds <see cref="GrainRetry"/>; repeated calls have no effect.</summary>
    public static IServiceCollection AddGrainRetry(this IServiceCollection services)
    {
        services.AddOptions<GrainRetryOptions>()
            .BindConfiguration(GrainRetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<GrainRetry>();
        return services;
    }
}
