namespace Orkestron.Domain.Users;

/// <summary>
/// Who signs in with an address. The address itself is not here. As long as no message has proved whose an address is, it
/// may have several accounts; each has a password of its own. Ids 3 and 4 were used by an earlier release.
/// </summary>
[GenerateSerializer, Alias("orkestron.email-record")]
internal sealed class EmailRecord
{
    /// <summary>The first account; the three members are one <see cref="EmailAccount"/>, as an earlier release wrote it.</summary>
    [Id(0)]
    public Guid UserId { get; set; }

    [Id(1)]
    public string PasswordHash { get; set; } = "";

    [Id(2)]
    public bool Open { get; set; }

    /// <summary>The accounts after the first.</summary>
    [Id(5)]
    public List<EmailAccount> More { get; set; } = [];

    /// <summary>All accounts of the address, oldest first.</summary>
    public List<EmailAccount> Read() => UserId == Guid.Empty
        ? []
        : [new EmailAccount { UserId = UserId, PasswordHash = PasswordHash, Open = Open }, .. More];

    /// <summary>Takes the accounts over.</summary>
    public void Write(IReadOnlyList<EmailAccount> accounts)
    {
        var first = accounts.Count > 0 ? accounts[0] : new EmailAccount();
        (UserId, PasswordHash, Open) = (first.UserId, first.PasswordHash, first.Open);
        More = [.. accounts.Skip(1)];
    }
}

/// <summary>An account of an address.</summary>
[GenerateSerializer, Alias("orkestron.email-account")]
internal sealed class EmailAccount
{
    [Id(0)]
    public Guid UserId { get; set; }

    /// <summary>As ASP.NET Core Identity writes it. All of an address have the same salt, so that one hash finds the account.</summary>
    [Id(1)]
    public string PasswordHash { get; set; } = "";

    /// <summary>Whether the account was opened. Until then there may be nothing behind it.</summary>
    [Id(2)]
    public bool Open { get; set; }
}
