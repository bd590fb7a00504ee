using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Users;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Users;

/// <summary>One account. Key: the user's id. Name and address are kept sealed under the user's key.</summary>
[GrainInterfaceType("user"), Alias("orkestron.user")]
public interface IUserGrain : IGrainWithGuidKey
{
    /// <summary>Opens a guest account with play tokens; again: the same account.</summary>
    /// <returns><see cref="RefusalCode.AgeRequired"/>, <see cref="RefusalCode.PolicyVersionStale"/>.</returns>
    [Alias("open-guest")]
    Task<Outcome<UserView>> OpenGuestAsync(OpenGuest command);

    /// <summary>The account, or <see cref="RefusalCode.NotFound"/>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Outcome<UserView>> GetAsync();

    /// <summary>Makes an API key. At most 20 a user: <see cref="RefusalCode.TooMany"/>.</summary>
    [Alias("create-key")]
    Task<Outcome<NewApiKey>> CreateKeyAsync(string name, ImmutableArray<string> scopes);

    /// <summary>The keys.</summary>
    [Alias("keys"), AlwaysInterleave]
    Task<ApiKeys> KeysAsync();

    /// <summary>Ends a key at once on every node; <see cref="RefusalCode.NotFound"/> for an unknown one.</summary>
    [Alias("revoke-key")]
    Task<Outcome<ApiKeys>> RevokeKeyAsync(Guid keyId);
}

/// <summary>
/// One e-mail address: registration and sign-in of its account, one at a time. Key: <see cref="EmailKeys.Of"/>, so that
/// the address itself is not in a key.
/// </summary>
[GrainInterfaceType("email"), Alias("orkestron.email")]
public interface IEmailGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens an account with its consent record and its play tokens, or upgrades a guest's. An address that has an account
    /// gets another one with its own password; with the password of one there is, that one is answered.
    /// </summary>
    /// <returns>
    /// The account. <see cref="RefusalCode.AgeRequired"/>, <see cref="RefusalCode.PolicyVersionStale"/>,
    /// <see cref="RefusalCode.Invalid"/> with fields, <see cref="RefusalCode.Conflict"/> for a guest who has the password of
    /// another account, <see cref="RefusalCode.TooMany"/>.
    /// </returns>
    [Alias("register")]
    Task<Outcome<UserView>> RegisterAsync(RegisterAccount command);

    /// <summary>Checks a password that comes from nowhere in particular: called by nodes of an earlier release.</summary>
    [Alias("sign-in")]
    Task<Outcome<UserView>> SignInAsync(string password);

    /// <summary>Checks a password.</summary>
    /// <returns>
    /// The account. <see cref="RefusalCode.BadCredentials"/> for a wrong password and for an unknown address alike;
    /// <see cref="RefusalCode.TooMany"/> after repeated wrong ones from the same place.
    /// </returns>
    [Alias("sign-in-from")]
    Task<Outcome<UserView>> SignInAsync(SignIn command);
}

/// <summary>One API key. Key: <see cref="ApiKeyFormat.HashOf"/>.</summary>
[GrainInterfaceType("api-key"), Alias("orkestron.api-key")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Whom the key stands for; null when unknown or revoked.</summary>
    [Alias("owner"), AlwaysInterleave]
    Task<ApiKeyOwner?> OwnerAsync();

    /// <summary>Makes the key valid. Called by the user's grain.</summary>
    [Alias("open")]
    Task OpenAsync(ApiKeyOwner owner);

    /// <summary>Ends the key. Called by the user's grain.</summary>
    [Alias("close")]
    Task CloseAsync();
}

/// <summary>Small secrets that all web nodes share, for instance the keys that protect cookies. Key: a name.</summary>
[GrainInterfaceType("key-ring"), Alias("orkestron.key-ring")]
public interface IKeyRingGrain : IGrainWithStringKey
{
    /// <summary>All elements, in the order they were added.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<ImmutableArray<string>> ReadAsync();

    /// <summary>Adds an element; at most 100.</summary>
    [Alias("add")]
    Task AddAsync(string element);
}
