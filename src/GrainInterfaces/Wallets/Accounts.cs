namespace Orkestron.GrainInterfaces.Wallets;

/// <summary>The names of accounts in the ledger.</summary>
public static class Accounts
{
    /// <summary>Where play tokens come from: its balance is minus all that was ever issued.</summary>
    public const string Issuance = "platform:issuance";

    /// <summary>The platform's fees.</summary>
    public const string Fees = "platform:fees";

    public static string Available(Guid userId) => $"user:{userId:N}:available";

    public static string Held(Guid userId) => $"user:{userId:N}:held";

    /// <summary>What a provider has earned and not been paid out.</summary>
    public static string Payable(string provider) => $"provider:{provider}:payable";
}
