using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Consent;

/// <summary>One user's consent record: what was accepted, given and withdrawn, under which text. Key: the user's id.</summary>
[GrainInterfaceType("consent"), Alias("orkestron.consent")]
public interface IConsentGrain : IGrainWithGuidKey
{
    /// <summary>Records that the policy was accepted (which is not a consent to any purpose).</summary>
    [Alias("accept-policy")]
    Task<Outcome<ConsentView>> AcceptPolicyAsync(AcceptPolicy command);

    /// <summary>Gives or withdraws consent to one purpose; to say the same again changes nothing.</summary>
    [Alias("set")]
    Task<Outcome<ConsentView>> SetAsync(SetConsent command);

    /// <summary>The record as it stands.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ConsentView> GetAsync();
}

/// <summary>The policy was shown and accepted.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.accept-policy")]
public sealed record AcceptPolicy(
    [property: Id(0)] int Version, [property: Id(1)] string Sha256, [property: Id(2)] string Method, [property: Id(3)] bool Over18);

/// <summary>A choice about one purpose.</summary>
/// <param name="Purpose">One of <see cref="Purposes.Optional"/>.</param>
/// <param name="Given">True to give, false to withdraw.</param>
/// <param name="Method">How it was said, for instance <c>web form</c>.</param>
[GenerateSerializer, Immutable, Alias("orkestron.set-consent")]
public sealed record SetConsent(
    [property: Id(0)] string Purpose, [property: Id(1)] bool Given, [property: Id(2)] string Method);

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
