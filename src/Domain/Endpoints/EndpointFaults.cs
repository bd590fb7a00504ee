
namespace Orkestron.Domain.Endpoints;

/// <summary>How calls of an endpoint fail, in codes of the platform. Pure.</summary>
public static class EndpointFaults
{
    /// <summary>What all codes begin with; agents' own may not.</summary>
    public const string Prefix = "endpoint_";

    /// <summary>It asks to come back later.</summary>
    public const string Busy = "endpoint_busy";

    /// <summary>It has not proved to be its provider's, or does so no more.</summary>
    public const string Unverified = "endpoint_unverified";

    /// <summary>What the agent itself said it failed with, in figures.</summary>
    public const string AgentError = "agent_error";

    /// <summary>Whether it was the endpoint that failed, not the agent or the input.</summary>
    public static bool IsEndpoints(StepFailure? failure) =>
        failure is { Refused: false, Code: var code } && code != Busy
        && (code.StartsWith(Prefix, StringComparison.Ordinal)
            || code is "timeout" or "output_invalid" or "output_too_large");

    /// <summary>The failure's code as health figures show it: one of the platform's, none that an agent made up.</summary>
    public static string Kind(StepFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Code == Busy || IsEndpoints(failure) ? failure.Code : AgentError;
    }
}
