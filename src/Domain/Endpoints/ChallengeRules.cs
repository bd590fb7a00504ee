using Orkestron.Contracts.Endpoints;

namespace Orkestron.Domain.Endpoints;

/// <summary>How an origin proves to be its provider's. Pure.</summary>
internal static class ChallengeRules
{
    /// <summary>What is wrong with an answer; null when it is the proof. Several providers may share an origin: a line each.</summary>
    public static string? Fault(EndpointRecord origin, ProbeResult answer)
    {
        if (answer.Text is null)
        {
            return answer.Fault ?? "It did not answer.";
        }

        return answer.Text.Split('\n', StringSplitOptions.TrimEntries).Contains(origin.Token, StringComparer.Ordinal)
            ? null
            : "It answered, but no line of what it answered is the token.";
    }

    /// <summary>What to do about it.</summary>
    public static string HowTo(EndpointRecord origin) =>
        $"GET {origin.Origin}{EndpointChallenge.Path} must answer 200 with the line {origin.Token} as plain text. {origin.Problem} "
        + "Serve it, then send this again.";
}
