using System.Collections.Immutable;

namespace Orkestron.Domain.Users;

/// <summary>A place in the list of ended sessions.</summary>
/// <param name="List">Which list: another one begins when the grain is activated again.</param>
/// <param name="Last">The number of the last end heard of; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("orkestron.ended-cursor")]
public sealed record EndedCursor([property: Id(0)] Guid List, [property: Id(1)] long Last);

/// <summary>Sessions that ended.</summary>
/// <param name="Items">Their ids.</param>
/// <param name="Cursor">Where to ask on.</param>
/// <param name="Whole">False when some that ended since the place asked for may be missing.</param>
[GenerateSerializer, Immutable, Alias("orkestron.ended-sessions-page")]
public sealed record EndedSessions(
    [property: Id(0)] ImmutableArray<string> Items, [property: Id(1)] EndedCursor Cursor, [property: Id(2)] bool Whole);
