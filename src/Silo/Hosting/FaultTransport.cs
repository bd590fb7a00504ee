using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Orkestron.Silo.Hosting;

/// <summary>How exceptions of grains reach a caller in another process.</summary>
internal static class FaultTransport
{
    /// <summary>
    /// Allows every exception pass with its type, message and causes. Orleans passes those of .NET only, and of a fault with
    /// any other cause, such as one of PostgreSQL's driver, it tells no more than that it has no codec for it: callers
    /// could not tell an outage from an error. Only nodes of the cluster send them.
    /// </summary>
    public static IServiceCollection AddFaultTransport(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(static options =>
            options.SupportedExceptionTypeFilter = static _ => true);
}
