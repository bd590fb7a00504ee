namespace Orkestron.Contracts.Providers;

/// <summary>What a provider's process says when its connection stands, and again when its capacity changes.</summary>
/// <param name="ProcessId">Names the process over all its connections: 8 to 64 letters, digits and hyphens, random.</param>
/// <param name="Session">Rises with each connection of the process.</param>
/// <param name="Agents">What it serves, 1 to 50.</param>
/// <param name="Running">The tickets of steps that it runs, or has ended without an acknowledgement; at most 5,000.</param>
public sealed record ProviderHello(
    string ProcessId, long Session, IReadOnlyList<ServedAgent> Agents, IReadOnlyList<string> Running);

/// <summary>An agent that a process serves.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Version">The version it runs.</param>
/// <param name="Capacity">Steps at once, 0 to 1,000; 0 takes no more and keeps what runs.</param>
public sealed record ServedAgent(string Agent, string Version, int Capacity);

/// <summary>The platform's answer.</summary>
/// <param name="MaxOutputBytes">The largest answer, in bytes of UTF-8 JSON.</param>
/// <param name="MaxPartialCharacters">What of a step's partial output is shown; the rest is dropped.</param>
public sealed record ProviderWelcome(int MaxOutputBytes, int MaxPartialCharacters)
{
    /// <summary>
    /// Calls of other agents that one connection may wait for, beside the first of each step; more are refused with
    /// <c>too_many</c>, to be sent again. Null from a platform that does not say: then it is 2,000.
    /// </summary>
    public int? MaxCalls { get; init; }

    /// <summary>
    /// Values (<see cref="StepValue"/>) that one message may carry. Null or 0 from a platform that takes them one by one, each
    /// by <see cref="ProviderHubNames.Mark"/>, only.
    /// </summary>
    public int? MaxValues { get; init; }

    /// <summary>Those values together, in bytes of UTF-8 JSON.</summary>
    public int? MaxValueBytes { get; init; }
}
