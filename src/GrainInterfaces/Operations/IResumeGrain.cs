namespace Orkestron.GrainInterfaces.Operations;

/// <summary>
/// Finds open tasks that are due and makes them resume: the ones that work at start and when a silo died, the ones that wait when
/// their time comes. One for the cluster; key: 0.
/// </summary>
[GrainInterfaceType("resume"), Alias("orkestron.resume")]
public interface IResumeGrain : IGrainWithIntegerKey
{
    /// <summary>Registers the reminder and sweeps once. May be called by every silo that starts.</summary>
    [Alias("start"), ResponseTimeout("00:10:00")]
    Task StartAsync();

    /// <summary>Sweeps now, or once more after the running sweep. Tasks that wait for longer are left alone.</summary>
    /// <returns>How many tasks were asked to resume.</returns>
    [Alias("sweep"), ResponseTimeout("00:10:00")]
    Task<int> SweepAsync();

    /// <summary>A process of an agent's provider has come: the tasks out of memory that wait for it resume.</summary>
    /// <param name="agent">Provider and name.</param>
    [Alias("resume-waiting"), ResponseTimeout("00:10:00")]
    Task ResumeWaitingAsync(string agent);
}
