using Orkestron.GrainInterfaces.Endpoints;

namespace Orkestron.Grains.Endpoints;

/// <summary>What is stored of a provider's origins.</summary>
[GenerateSerializer, Alias("orkestron.provider-endpoints-record")]
internal sealed class ProviderEndpointsRecord
{
    [Id(0)]
    public List<EndpointRecord> Origins { get; set; } = [];
}

/// <summary>What is stored of an origin.</summary>
[GenerateSerializer, Alias("orkestron.endpoint-record")]
internal sealed class EndpointRecord
{
    [Id(0)]
    public string Id { get; set; } = "";

    [Id(1)]
    public string Origin { get; set; } = "";

    [Id(2)]
    public string Token { get; set; } = "";

    /// <summary>The signing key, sealed.</summary>
    [Id(3)]
    public byte[] Secret { get; set; } = [];

    [Id(4)]
    public DateTimeOffset SecretAt { get; set; }

    /// <summary>The key before, sealed; null when there is none.</summary>
    [Id(5)]
    public byte[]? Previous { get; set; }

    [Id(6)]
    public DateTimeOffset PreviousUntil { get; set; }

    [Id(7)]
    public DateTimeOffset? VerifiedAt { get; set; }

    [Id(8)]
    public DateTimeOffset? CheckedAt { get; set; }

    [Id(9)]
    public string? Problem { get; set; }

    /// <summary>Where its name led when it proved itself, oldest first.</summary>
    [Id(10)]
    public List<string> Addresses { get; set; } = [];

    /// <summary>Whether its proof holds for where its name leads now.</summary>
    public bool IsProven(IEnumerable<string> addresses, DateTimeOffset now, TimeSpan age) =>
        VerifiedAt > now - age && addresses.All(Addresses.Contains);

    /// <summary>Notes an answer to the challenge: the proof, or what was wrong.</summary>
    public void Note(ProbeResult answer, DateTimeOffset now, int maxAddresses)
    {
        (CheckedAt, Problem) = (now, ChallengeRules.Fault(this, answer));
        if (Problem is null)
        {
            VerifiedAt = now;
            Addresses = [.. Addresses.Except(answer.Addresses), .. answer.Addresses];
            Addresses.RemoveRange(0, Math.Max(0, Addresses.Count - maxAddresses));
        }
    }

    public EndpointView View(DateTimeOffset now) => new(
        Id, Origin, Token, VerifiedAt, CheckedAt, Problem, SecretAt, Previous is not null && PreviousUntil > now ? PreviousUntil : null);
}
