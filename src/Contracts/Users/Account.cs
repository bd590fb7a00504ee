using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Users;

/// <summary>Opens an account, or gives a guest's account an address and a password.</summary>
/// <param name="Email">At most 254 characters.</param>
/// <param name="Password">12 to 128 characters.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="Over18">The declaration of being 18 or over; must be true.</param>
/// <param name="AcceptedPolicyVersion">The version of the privacy policy that was shown: see <c>GET /api/v1/policy</c>.</param>
/// <param name="Proof">A proof of work, where <c>proof_required</c> asks for it: see <c>GET /api/v1/account/challenge</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RegisterRequest(
    string? Email, string? Password, string? DisplayName, bool? Over18, int? AcceptedPolicyVersion, string? Proof = null);

/// <summary>Signs in.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LoginRequest(string? Email, string? Password);

/// <summary>Opens a guest account: play tokens, no address, no password.</summary>
/// <param name="Over18">The declaration of being 18 or over; must be true.</param>
/// <param name="AcceptedPolicyVersion">The version of the privacy policy that was shown.</param>
/// <param name="Proof">A proof of work, where <c>proof_required</c> asks for it: see <c>GET /api/v1/account/challenge</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GuestRequest(bool? Over18, int? AcceptedPolicyVersion, string? Proof = null);

/// <summary>An account as its owner sees it.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="DisplayName">The name shown.</param>
/// <param name="Email">The address; null for a guest.</param>
/// <param name="Guest">Whether the account has no address and password yet.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="PolicyVersion">The version of the privacy policy last accepted.</param>
public sealed record Account(
    Guid UserId, string DisplayName, string? Email, bool Guest, DateTimeOffset CreatedAt, int PolicyVersion);

/// <summary>The privacy policy in force.</summary>
/// <param name="Version">1, 2, …</param>
/// <param name="Sha256">Of the text as UTF-8, in hexadecimal.</param>
/// <param name="Url">Where the text is.</param>
/// <param name="RevisedAt">When it was published.</param>
public sealed record Policy(int Version, string Sha256, string Url, DateOnly RevisedAt);
