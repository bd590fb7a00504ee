using System.Collections.Immutable;

namespace Orkestron.Domain.Users;

/// <summary>Opens an account, or upgrades a guest's.</summary>
/// <param name="UserId">Made by the caller, so that a repeated command opens one account; a guest's own id to upgrade it.</param>
/// <param name="Email">The address as typed, at most 254 characters.</param>
/// <param name="Password">12 to 128 characters.</param>
/// <param name="DisplayName">1 to 80 characters.</param>
/// <param name="Over18">The declaration; must be true.</param>
/// <param name="PolicyVersion">The version of the privacy policy that was shown and accepted.</param>
[GenerateSerializer, Immutable, Alias("orkestron.register-account")]
public sealed record RegisterAccount(
    [property: Id(0)] Guid UserId,
    [property: Id(1)] string Email,
    [property: Id(2)] string Password,
    [property: Id(3)] string DisplayName,
    [property: Id(4)] bool Over18,
    [property: Id(5)] int PolicyVersion);

/// <summary>Signs in.</summary>
/// <param name="Password">As typed.</param>
/// <param name="Email">The address as typed; null when unknown.</param>
/// <param name="From">The network address that asks (of IPv6: its /64); empty when unknown.</param>
/// <param name="Device">The device, when it has signed in with this address before; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("orkestron.sign-in")]
public sealed record SignIn(
    [property: Id(0)] string Password,
    [property: Id(1)] string? Email,
    [property: Id(2)] string From,
    [property: Id(3)] string? Device);

/// <summary>Opens a guest account: play tokens, no e-mail address, no password.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.open-guest")]
public sealed record OpenGuest([property: Id(0)] bool Over18, [property: Id(1)] int PolicyVersion);

/// <summary>An account as its owner sees it.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="DisplayName">The name shown.</param>
/// <param name="Email">The address, or null for a guest.</param>
/// <param name="Guest">Whether the account can be upgraded.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="PolicyVersion">The policy version last accepted.</param>
[GenerateSerializer, Immutable, Alias("orkestron.user-view")]
public sealed record UserView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] string? Email,
    [property: Id(3)] bool Guest,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] int PolicyVersion);

/// <summary>A key just made.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Prefix">Its first characters, to recognise it.</param>
/// <param name="Key">The key itself, shown once.</param>
[GenerateSerializer, Immutable, Alias("orkestron.new-api-key")]
public sealed record NewApiKey([property: Id(0)] Guid Id, [property: Id(1)] string Prefix, [property: Id(2)] string Key);

/// <summary>A key as listed.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.api-key-view")]
public sealed record ApiKeyView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Prefix,
    [property: Id(3)] ImmutableArray<string> Scopes,
    [property: Id(4)] DateTimeOffset CreatedAt);

/// <summary>The user's keys.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.api-keys")]
public sealed record ApiKeys([property: Id(0)] ImmutableArray<ApiKeyView> Items);

/// <summary>Whom a key stands for.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.api-key-owner")]
public sealed record ApiKeyOwner([property: Id(0)] Guid UserId, [property: Id(1)] ImmutableArray<string> Scopes);
