using System.Collections.Immutable;

namespace Orkestron.Domain.Wallets;

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
