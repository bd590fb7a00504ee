namespace Orkestron.Contracts.Users;

/// <summary>What the user accepted, allowed and withdrew.</summary>
/// <param name="PolicyVersion">The version of the privacy policy accepted last; 0 for none.</param>
/// <param name="PolicySha256">SHA-256 of that text, in hexadecimal; null for none.</param>
/// <param name="Purposes">The purposes that happen only with consent, and whether there is consent now.</param>
/// <param name="History">What happened, newest first, at most 100.</param>
public sealed record ConsentRecord(
    int PolicyVersion, string? PolicySha256, IReadOnlyList<PurposeConsent> Purposes, IReadOnlyList<ConsentEntry> History);

/// <summary>Whether there is consent to a purpose.</summary>
/// <param name="Purpose"><c>evaluate</c> or <c>improve</c>: see section 04 of the privacy policy.</param>
/// <param name="Given">Whether there is; nothing is given unless the user said so.</param>
public sealed record PurposeConsent(string Purpose, bool Given);

/// <summary>Something that happened to the record.</summary>
/// <param name="At">When.</param>
/// <param name="What"><c>policy.accepted</c>, <c>consent.given</c> or <c>consent.withdrawn</c>.</param>
/// <param name="Subject">The purpose, or the policy's version.</param>
/// <param name="PolicyVersion">The version of the policy in force.</param>
/// <param name="Method">How it was said, for instance <c>web form</c> or <c>API</c>.</param>
public sealed record ConsentEntry(DateTimeOffset At, string What, string Subject, int PolicyVersion, string Method);
