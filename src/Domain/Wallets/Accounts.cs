namespace Orkestron.Domain.Wallets;

/// <summary>The names of accounts in the ledger.</summary>
public static class Accounts
{
    private const string UserPrefix = "user:";

    /// <summary>Where play tokens come from: its balance is minus all that was ever issued.</summary>
    public const string Issuance = "platform:issuance";

    /// <summary>The platform's fees.</summary>
    public const string Fees = "platform:fees";

    /// <summary>Whether an account is not one wallet's own: its balance is the sum of many wallets' postings.</summary>
    public static bool IsShared(string account) => WalletOf(account) is null;

    /// <summary>The wallet that an account belongs to; null for one that many wallets share.</summary>
    public static Guid? WalletOf(string account) =>
        account.StartsWith(UserPrefix, StringComparison.Ordinal)
        && account.Length > UserPrefix.Length + 32 && account[UserPrefix.Length + 32] == ':'
        && Guid.TryParseExact(account.AsSpan(UserPrefix.Length, 32), "N", out var wallet)
            ? wallet
            : null;

    public static string Available(Guid userId) => $"{UserPrefix}{userId:N}:available";

    public static string Held(Guid userId) => $"{UserPrefix}{userId:N}:held";

    /// <summary>What a provider has earned and not been paid out.</summary>
    public static string Payable(string provider) => $"provider:{provider}:payable";
}
