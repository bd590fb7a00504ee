using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Orkestron.Silo.Hosting;

/// <summary>Serialization of grains' exceptions for callers in other processes.</summary>
internal static class FaultTransport
{
    /// <summary>
    /// Serializes every exception with its type, message and causes. By default Orleans does so for exceptions of .NET only; for
    /// others, such as those of PostgreSQL's driver, it reports only that it has no codec, so that callers
    /// could not tell an outage from an error. Only nodes of the cluster send exceptions.
    /// </summary>
    public static IServiceCollection AddFaultTransport(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(static options =>
            options.SupportedExceptionTypeFilter = static _ => true);
}
