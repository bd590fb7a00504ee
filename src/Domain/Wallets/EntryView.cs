using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

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
