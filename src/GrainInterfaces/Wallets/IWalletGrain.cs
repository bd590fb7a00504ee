using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Wallets;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Wallets;

/// <summary>One user's token wallet. Key: the user's id.</summary>
/// <remarks>
/// Amounts are micro-tokens. A command may be sent again with the same id and takes effect at most once; the same id with
/// another amount is a <see cref="RefusalCode.Conflict"/>. Every change is an entry whose postings sum to zero, written
/// with the event in one transaction; what is answered is durable.
/// </remarks>
[GrainInterfaceType("wallet"), Alias("orkestron.wallet")]
public interface IWalletGrain : IGrainWithGuidKey
{
    /// <summary>Gives tokens from the platform's issuance account.</summary>
    [Alias("issue")]
    Task<Outcome<WalletView>> IssueAsync(IssueTokens command);

    /// <summary>Sets tokens aside for one task, so that they cannot be spent twice.</summary>
    /// <returns><see cref="RefusalCode.InsufficientTokens"/> says how much is missing.</returns>
    [Alias("hold")]
    Task<Outcome<WalletView>> HoldAsync(HoldTokens command);

    /// <summary>Resolves a hold, once: pays the shares and releases the rest. With no share all is released.</summary>
    /// <returns>
    /// The entry. <see cref="RefusalCode.NotFound"/> for an unknown hold, <see cref="RefusalCode.Conflict"/> when it was
    /// resolved otherwise.
    /// </returns>
    [Alias("settle")]
    Task<Outcome<EntryView>> SettleAsync(SettleHold command);

    /// <summary>
    /// Resolves a hold in one transaction with the append that the task offers on this silo, or not at all: nothing is paid for
    /// an end that is not written.
    /// </summary>
    /// <param name="command">Of a hold that is open.</param>
    /// <param name="link">The id of the task's append.</param>
    /// <returns>
    /// The entry, before it is durable: the task's append tells when. <see cref="RefusalCode.NotFound"/> when the hold is not open,
    /// or the append is not on this silo; nothing was done then.
    /// </returns>
    [Alias("settle-linked")]
    Task<Outcome<EntryView>> SettleLinkedAsync(SettleHold command, Guid link);

    /// <summary>The balance.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<WalletView> GetAsync();

    /// <summary>The wallet's entries, newest first.</summary>
    /// <param name="after">The cursor of the page before, or null.</param>
    /// <param name="limit">1 to 100.</param>
    [Alias("entries"), AlwaysInterleave]
    Task<EntryPage> EntriesAsync(string? after, int limit);

    /// <summary>The entries of one task, oldest first.</summary>
    [Alias("task-entries"), AlwaysInterleave]
    Task<EntryPage> TaskEntriesAsync(Guid taskId);

    /// <summary>The entries of one task in pages, oldest first.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="after">The cursor of the page before, or null.</param>
    /// <param name="limit">1 to 100.</param>
    [Alias("task-ledger"), AlwaysInterleave]
    Task<EntryPage> TaskLedgerAsync(Guid taskId, string? after, int limit);
}
