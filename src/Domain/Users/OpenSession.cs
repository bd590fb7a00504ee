using System.Collections.Immutable;

namespace Orkestron.Domain.Users;

/// <summary>Begins a session.</summary>
/// <param name="Session">Its id: 32 hexadecimal digits, random.</param>
/// <param name="Idle">How long it lives without use.</param>
/// <param name="Longest">How long it lives at most.</param>
[GenerateSerializer, Immutable, Alias("orkestron.open-session")]
public sealed record OpenSession(
    [property: Id(0)] string Session, [property: Id(1)] TimeSpan Idle, [property: Id(2)] TimeSpan Longest);
