using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Orkestron.Grains.Streams;

/// <summary>Makes the parts of the work stream provider.</summary>
internal sealed class WorkQueueAdapterFactory : IQueueAdapterFactory
{
    private readonly HashRingBasedStreamQueueMapper _mapper;
    private readonly SimpleQueueAdapterCache _cache;
    private readonly WorkQueueAdapter _adapter;

    private WorkQueueAdapterFactory(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptions<WorkStreamOptions>>().Value;
        _mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = options.Queues }, name);
        _cache = new(
            new SimpleQueueCacheOptions { CacheSize = options.CacheSize }, name, services.GetRequiredService<ILoggerFactory>());
        _adapter = new(
            name,
            _mapper,
            services.GetRequiredService<IGrainFactory>(),
            options,
            services.GetService<IWorkStreamFaults>(),
            services.GetRequiredService<TimeProvider>());
    }

    public static IQueueAdapterFactory Create(IServiceProvider services, string name) =>
        new WorkQueueAdapterFactory(services, name);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(_adapter);

    public IQueueAdapterCache GetQueueAdapterCache() => _cache;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());
}
