namespace Orkestron.Contracts.Wallets;

/// <summary>A wallet's balance.</summary>
/// <param name="Available">Free to spend.</param>
/// <param name="Held">Set aside for running tasks.</param>
/// <param name="Pending">On its way in or out.</param>
public sealed record Wallet(Tokens Available, Tokens Held, Tokens Pending);

/// <summary>One entry in the ledger.</summary>
/// <param name="Id">Unique.</param>
/// <param name="At">When.</param>
/// <param name="Kind"><c>issue</c>, <c>hold</c>, <c>capture</c> (shares paid, the rest released) or <c>release</c>.</param>
/// <param name="Amount">What it moved into the wallet, or out of it (below zero); for a hold what was held.</param>
/// <param name="TaskId">The task; null when it is about none.</param>
/// <param name="Postings">What it changed, account by account; they sum to zero.</param>
public sealed record WalletEntry(
    Guid Id, DateTimeOffset At, string Kind, Tokens Amount, Guid? TaskId, IReadOnlyList<Posting> Postings);

/// <summary>A change of one account.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Amount">Into it, or out of it (below zero).</param>
public sealed record Posting(string Account, Tokens Amount);
