using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Providers;

/// <summary>
/// A provider's process as an agent sees it: lives on the web node that holds the connection. Messages may be lost; what
/// the process runs is told again with each renewal of its lease, and what is missing there is offered again.
/// </summary>
[GrainInterfaceType("provider-link"), Alias("orkestron.provider-link")]
public interface IProviderLink : IGrainObserver
{
    /// <summary>Hands a step to the process. The same one again is no second run.</summary>
    [Alias("begin"), OneWay]
    Task BeginAsync(WorkerAssignment order);

    /// <summary>Nobody wants the answer any more.</summary>
    [Alias("stop"), OneWay]
    Task StopAsync(StepKey step);
}
