using Microsoft.Extensions.DependencyInjection;
using Orkestron.GrainInterfaces.Agents;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>Adds the streams that carry steps to agents.</summary>
public static class WorkStreamsHosting
{
    // The receiver waits by itself; this is only the pause after it found nothing.
    private static readonly TimeSpan PullPause = TimeSpan.FromMilliseconds(1);

    /// <summary>Adds the provider <see cref="WorkStream.Provider"/>: implicit subscriptions only, no store of its own.</summary>
    public static ISiloBuilder AddWorkStreams(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<WorkStreamOptions>().BindConfiguration("Orkestron:WorkStreams").ValidateDataAnnotations();
        return silo.AddPersistentStreams(
            WorkStream.Provider,
            WorkQueueAdapterFactory.Create,
            streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigurePullingAgent(pulling => pulling.Configure(options =>
                {
                    options.GetQueueMsgsTimerPeriod = PullPause;
                    options.BatchContainerBatchSize = 64;
                }));
            });
    }
}
