using System.Collections.Immutable;

namespace Orkestron.Domain.Consent;

/// <summary>A consent record.</summary>
/// <param name="PolicyVersion">Accepted last; 0 for none.</param>
/// <param name="PolicySha256">Of the text accepted last.</param>
/// <param name="Given">Purposes with consent now.</param>
/// <param name="History">What happened, newest first, at most 100.</param>
[GenerateSerializer, Immutable, Alias("orkestron.consent-view")]
public sealed record ConsentView(
    [property: Id(0)] int PolicyVersion,
    [property: Id(1)] string? PolicySha256,
    [property: Id(2)] ImmutableArray<string> Given,
    [property: Id(3)] ImmutableArray<ConsentFact> History);

/// <summary>Something that happened to a consent record.</summary>
/// <param name="At">When.</param>
/// <param name="What"><c>policy.accepted</c>, <c>consent.given</c> or <c>consent.withdrawn</c>.</param>
/// <param name="Subject">The purpose, or the policy's version.</param>
/// <param name="PolicyVersion">The text in force.</param>
/// <param name="Method">How it was said.</param>
[GenerateSerializer, Immutable, Alias("orkestron.consent-fact")]
public sealed record ConsentFact(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string What,
    [property: Id(2)] string Subject,
    [property: Id(3)] int PolicyVersion,
    [property: Id(4)] string Method);
