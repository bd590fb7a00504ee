namespace Orkestron.Grains.Execution;

/// <summary>Whether processes of a provider are there to serve the agent.</summary>
internal interface IWorkerPresence
{
    /// <summary>Whether the agent is served by processes at all.</summary>
    bool IsNeeded { get; }

    /// <summary>Whether none is connected.</summary>
    bool IsAway { get; }

    /// <summary>When one was connected last; null for never.</summary>
    DateTimeOffset? LastSeenAt { get; }
}
