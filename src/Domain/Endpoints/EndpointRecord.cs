
namespace Orkestron.Domain.Endpoints;

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

    /// <summary>Since when it fails its proof; null while it does not.</summary>
    [Id(11)]
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Failed proofs since then that count: not more often than options say.</summary>
    [Id(12)]
    public int Failures { get; set; }

    /// <summary>When the last one was counted.</summary>
    [Id(13)]
    public DateTimeOffset? CountedAt { get; set; }

    /// <summary>Whether its proof holds for where its name leads now.</summary>
    public bool IsProven(IEnumerable<string> addresses, DateTimeOffset now, TimeSpan age) =>
        Problem is null && VerifiedAt > now - age && addresses.All(Addresses.Contains);

    /// <summary>
    /// Whether it may be called although its last proof failed: where it has proved itself before, until that has failed too
    /// often. Where its name leads elsewhere, there is no grace.
    /// </summary>
    public bool HasGrace(IEnumerable<string> addresses, EndpointOptions options) =>
        VerifiedAt is not null && Problem is not null && !IsSuspended(options) && addresses.All(Addresses.Contains);

    /// <summary>Whether it has failed too often to be called.</summary>
    public bool IsSuspended(EndpointOptions options) => VerifiedAt is not null && Failures >= options.MaxProofFailures;

    /// <summary>Records the answer to the challenge: the proof, or what was wrong.</summary>
    public void RecordProof(ProbeResult answer, DateTimeOffset now, EndpointOptions options)
    {
        (CheckedAt, Problem) = (now, ChallengeRules.Fault(this, answer));
        if (Problem is null)
        {
            (VerifiedAt, FailingSince, Failures, CountedAt) = (now, null, 0, null);
            Addresses = [.. Addresses.Except(answer.Addresses), .. answer.Addresses];
            Addresses.RemoveRange(0, Math.Max(0, Addresses.Count - options.MaxAddresses));
            return;
        }

        FailingSince ??= now;
        if (CountedAt is null || now - CountedAt >= options.ProofRetry)
        {
            (Failures, CountedAt) = (Failures + 1, now);
        }
    }

    public EndpointView View(DateTimeOffset now, EndpointOptions options) => new(
        Id, Origin, Token, VerifiedAt, CheckedAt, Problem, SecretAt, Previous is not null && PreviousUntil > now ? PreviousUntil : null)
    {
        FailingSince = VerifiedAt is null ? null : FailingSince,
        Suspended = IsSuspended(options),
    };
}
