using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orkestron.Silo.Faults;

/// <summary>Registers how calls of grains are sent again.</summary>
public static class FaultHosting
{
    /// <summary>Adds <see cref="GrainRetry"/>; once, however often called.</summary>
    public static IServiceCollection AddGrainRetry(this IServiceCollection services)
    {
        services.AddOptions<GrainRetryOptions>()
            .BindConfiguration(GrainRetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<GrainRetry>();
        return services;
    }
}
