using System.Collections.Immutable;

namespace Orkestron.Domain.Users;

/// <summary>An account as stored. What names the person is sealed under the person's key.</summary>
[GenerateSerializer, Alias("orkestron.user-record")]
internal sealed class UserRecord
{
    [Id(0)]
    public bool Exists { get; set; }

    [Id(1)]
    public bool Guest { get; set; }

    [Id(2)]
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Accepted when the account was opened or upgraded; what was accepted last is in the consent record.</summary>
    [Id(3)]
    public int PolicyVersion { get; set; }

    /// <summary>A <see cref="UserProfile"/> as JSON, sealed.</summary>
    [Id(4)]
    public byte[] SealedProfile { get; set; } = [];

    [Id(5)]
    public List<StoredApiKey> Keys { get; set; } = [];
}

/// <summary>What names a person.</summary>
internal sealed record UserProfile(string DisplayName, string? Email);

/// <summary>A key as its owner lists it, and its hash.</summary>
/// <param name="View">Without the name, which is sealed; in records of an earlier release with it.</param>
/// <param name="Hash">The key's.</param>
[GenerateSerializer, Immutable, Alias("orkestron.stored-api-key")]
internal sealed record StoredApiKey([property: Id(0)] ApiKeyView View, [property: Id(1)] string Hash)
{
    /// <summary>The name as UTF-8, sealed; null in records of an earlier release.</summary>
    [Id(2)]
    public byte[]? SealedName { get; init; }
}
