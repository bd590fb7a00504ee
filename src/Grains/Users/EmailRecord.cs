namespace Orkestron.Grains.Users;

/// <summary>Who signs in with an address. The address itself is not here.</summary>
[GenerateSerializer, Alias("orkestron.email-record")]
internal sealed class EmailRecord
{
    [Id(0)]
    public Guid UserId { get; set; }

    /// <summary>As ASP.NET Core Identity writes it: PBKDF2 with its own salt and iterations.</summary>
    [Id(1)]
    public string PasswordHash { get; set; } = "";

    /// <summary>
    /// Whether the account was opened. Until then another registration takes the address, unless the account is stored
    /// already: then that one is finished.
    /// </summary>
    [Id(2)]
    public bool Open { get; set; }

    /// <summary>Wrong passwords since the last right one.</summary>
    [Id(3)]
    public int Failures { get; set; }

    /// <summary>Until when no password is tried.</summary>
    [Id(4)]
    public DateTimeOffset LockedUntil { get; set; }
}
