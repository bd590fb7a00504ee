using Orkestron.Domain;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Grains.Workers;

/// <summary>A provider's process as one agent knows it.</summary>
internal sealed class WorkerConnection(string processId)
{
    public string ProcessId => processId;

    public long Session { get; set; } = -1;

    public IProviderLink Observer { get; set; } = null!;

    public string Version { get; set; } = "";

    public int Capacity { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When its connection broke; null while it is connected.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>The steps that this activation assigned to it.</summary>
    public HashSet<Delivery> Deliveries { get; } = [];

    /// <summary>The steps that it runs for an earlier activation, until their tasks send them again.</summary>
    public HashSet<StepKey> Held { get; } = [];

    /// <summary>How many more steps it takes.</summary>
    public int Room => GoneAt is null ? Math.Max(0, Capacity - Deliveries.Count - Held.Count) : 0;
}
