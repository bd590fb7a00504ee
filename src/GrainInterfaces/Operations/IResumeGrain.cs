namespace Orkestron.GrainInterfaces.Operations;

/// <summary>
/// Finds open tasks and makes them resume: at start, when a silo died, and on a durable reminder. One for the cluster;
/// key: 0.
/// </summary>
[GrainInterfaceType("resume"), Alias("orkestron.resume")]
public interface IResumeGrain : IGrainWithIntegerKey
{
    /// <summary>Registers the reminder and sweeps once. May be called by every silo that starts.</summary>
    [Alias("start"), ResponseTimeout("00:10:00")]
    Task StartAsync();

    /// <summary>Sweeps now, or once more after the running sweep.</summary>
    /// <returns>How many open tasks were asked to resume.</returns>
    [Alias("sweep"), ResponseTimeout("00:10:00")]
    Task<int> SweepAsync();
}
