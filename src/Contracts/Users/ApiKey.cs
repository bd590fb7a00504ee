using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Users;

/// <summary>Makes an API key.</summary>
/// <param name="Name">What it is for, 1 to 80 characters.</param>
/// <param name="Scopes"><c>read</c>, <c>write</c>, <c>account</c>, <c>publish</c>; the first two when left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateApiKeyRequest(string? Name, IReadOnlyList<string>? Scopes = null);

/// <summary>A key just made.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Prefix">Its first characters.</param>
/// <param name="Key">The key itself. It is shown this once.</param>
public sealed record CreatedApiKey(Guid Id, string Prefix, string Key);

/// <summary>A key in the list.</summary>
public sealed record ApiKey(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt);
