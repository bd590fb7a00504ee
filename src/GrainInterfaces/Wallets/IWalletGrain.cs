using System.Collections.Immutable;
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

/// <summary>Gives tokens.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.issue-tokens")]
public sealed record IssueTokens(
    [property: Id(0)] Guid CommandId, [property: Id(1)] long AmountMicro, [property: Id(2)] string Reason);

/// <summary>Sets tokens aside.</summary>
/// <param name="HoldId">The hold's id.</param>
/// <param name="TaskId">The task.</param>
/// <param name="AmountMicro">0 or more.</param>
/// <param name="Link">
/// The append of the task's submission, if it is offered on its silo. A wallet of that silo writes it in one transaction with the
/// hold and answers before that is durable; the append tells when. Elsewhere it has no meaning.
/// </param>
[GenerateSerializer, Immutable, Alias("orkestron.hold-tokens")]
public sealed record HoldTokens(
    [property: Id(0)] Guid HoldId, [property: Id(1)] Guid TaskId, [property: Id(2)] long AmountMicro, [property: Id(3)] Guid? Link = null);

/// <summary>Resolves a hold.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Shares">Who gets what; all above zero; the sum is at most the hold.</param>
/// <param name="Reason">completed, failed, canceled, rejected, or orphaned.</param>
[GenerateSerializer, Immutable, Alias("orkestron.settle-hold")]
public sealed record SettleHold(
    [property: Id(0)] Guid HoldId, [property: Id(1)] ImmutableArray<Share> Shares, [property: Id(2)] string Reason);

/// <summary>A part of a captured hold.</summary>
/// <param name="Account">An account's name: see <see cref="Accounts"/>.</param>
/// <param name="AmountMicro">Above zero.</param>
[GenerateSerializer, Immutable, Alias("orkestron.share")]
public sealed record Share([property: Id(0)] string Account, [property: Id(1)] long AmountMicro);

/// <summary>A wallet's balance, in micro-tokens.</summary>
/// <param name="AvailableMicro">Free to spend, never below zero.</param>
/// <param name="HeldMicro">Set aside for running tasks.</param>
/// <param name="PendingMicro">On its way in or out.</param>
[GenerateSerializer, Immutable, Alias("orkestron.wallet-view")]
public sealed record WalletView(
    [property: Id(0)] long AvailableMicro, [property: Id(1)] long HeldMicro, [property: Id(2)] long PendingMicro);

/// <summary>One entry in the ledger.</summary>
/// <param name="Id">Unique.</param>
/// <param name="At">When.</param>
/// <param name="Kind"><c>issue</c>, <c>hold</c>, <c>capture</c> (shares paid, the rest released) or <c>release</c>.</param>
/// <param name="AmountMicro">What the entry moved out of (below zero) or into the wallet's available and held tokens,
/// for a hold the amount held, for a release the amount released.</param>
/// <param name="TaskId">The task, or null.</param>
/// <param name="Postings">Sum to zero.</param>
[GenerateSerializer, Immutable, Alias("orkestron.entry-view")]
public sealed record EntryView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Kind,
    [property: Id(3)] long AmountMicro,
    [property: Id(4)] Guid? TaskId,
    [property: Id(5)] ImmutableArray<PostingView> Postings);

/// <summary>A change of one account.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.posting-view")]
public sealed record PostingView([property: Id(0)] string Account, [property: Id(1)] long AmountMicro);

/// <summary>A page of entries.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.entry-page")]
public sealed record EntryPage([property: Id(0)] ImmutableArray<EntryView> Items, [property: Id(1)] string? Next);
