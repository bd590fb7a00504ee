
namespace Orkestron.Domain.Wallets;

/// <summary>What a command comes to: a fact to append, a refusal, or neither when it was carried out before.</summary>
internal readonly record struct WalletDecision(WalletEvent? Fact, Refusal? Refusal)
{
    public static WalletDecision Done => default;

    public static implicit operator WalletDecision(WalletEvent fact) => new(fact, null);

    public static implicit operator WalletDecision(Refusal refusal) => new(null, refusal);
}

/// <summary>Decides on commands to a wallet. Pure.</summary>
internal static class WalletRules
{
    /// <summary>The most that one command may move: a million tokens.</summary>
    public const long MaxMicro = 1_000_000_000_000;

    private const long MicroPerToken = 1_000_000;

    public static WalletDecision Issue(WalletRecord wallet, IssueTokens command) => Amount(command.AmountMicro) switch
    {
        { } refusal => refusal,
        null when wallet.AvailableMicro > long.MaxValue - MaxMicro - wallet.HeldMicro =>
            Refuse.With(RefusalCode.TooMany, "The wallet is full."),
        null => new TokensIssued(command.CommandId, command.AmountMicro, command.Reason),
    };

    public static WalletDecision Hold(WalletRecord wallet, HoldTokens command, int maxHolds)
    {
        if (wallet.Holds.TryGetValue(command.HoldId, out var open))
        {
            return open.AmountMicro == command.AmountMicro && open.TaskId == command.TaskId
                ? WalletDecision.Done
                : OtherBody("hold");
        }

        // Zero is right: a free agent's task has a hold as any other.
        if (command.AmountMicro != 0 && Amount(command.AmountMicro) is { } refusal)
        {
            return refusal;
        }

        if (wallet.AvailableMicro < command.AmountMicro)
        {
            return Refuse.With(
                RefusalCode.InsufficientTokens,
                $"This needs {Tokens(command.AmountMicro)} tokens and {Tokens(wallet.AvailableMicro)} are available: "
                + $"{Tokens(command.AmountMicro - wallet.AvailableMicro)} are missing.");
        }

        return wallet.Holds.Count >= maxHolds
            ? Refuse.With(RefusalCode.TooMany, $"At most {maxHolds} tasks run at once. Wait until one ends.")
            : new TokensHeld(command.HoldId, command.TaskId, command.AmountMicro);
    }

    public static WalletDecision Settle(WalletRecord wallet, SettleHold command)
    {
        if (!wallet.Holds.TryGetValue(command.HoldId, out var open))
        {
            return Refuse.With(RefusalCode.NotFound, "There is no such open hold.");
        }

        if (command.Shares.IsDefault)
        {
            return Refuse.With(RefusalCode.Invalid, "Name the shares; none at all releases the hold.");
        }

        var left = open.AmountMicro;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var share in command.Shares)
        {
            if (share.AmountMicro <= 0 || share.AmountMicro > left || !Payable(share.Account) || !names.Add(share.Account))
            {
                return Refuse.With(
                    RefusalCode.Invalid,
                    "Shares go to different payable accounts, are above zero, and together are at most the hold.");
            }

            left -= share.AmountMicro;
        }

        return new HoldSettled(command.HoldId, open.TaskId, open.AmountMicro, command.Shares, command.Reason);
    }

    public static Refusal OtherBody(string what) => Refuse.With(
        RefusalCode.Conflict, $"This {what}'s id was used before for something else. Take a new id.");

    // Only accounts without a wallet behind them: their balance is the sum of their postings.
    private static bool Payable(string account) =>
        account == Accounts.Fees
        || (account.StartsWith("provider:", StringComparison.Ordinal) && account.EndsWith(":payable", StringComparison.Ordinal));

    private static Refusal? Amount(long micro) => micro is > 0 and <= MaxMicro
        ? null
        : Refuse.With(RefusalCode.Invalid, $"An amount is above 0 and at most {Tokens(MaxMicro)} tokens.");

    private static string Tokens(long micro) =>
        ((decimal)micro / MicroPerToken).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
}
