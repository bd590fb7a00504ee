using System.Collections.Immutable;

namespace Orkestron.Domain.Consent;

/// <summary>The policy was shown and accepted.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.accept-policy")]
public sealed record AcceptPolicy(
    [property: Id(0)] int Version, [property: Id(1)] string Sha256, [property: Id(2)] string Method, [property: Id(3)] bool Over18);

/// <summary>A choice about one purpose.</summary>
/// <param name="Purpose">One of <see cref="Purposes.Optional"/>.</param>
/// <param name="Given">True to give, false to withdraw.</param>
/// <param name="Method">How it was said, for instance <c>web form</c>.</param>
[GenerateSerializer, Immutable, Alias("orkestron.set-consent")]
public sealed record SetConsent(
    [property: Id(0)] string Purpose, [property: Id(1)] bool Given, [property: Id(2)] string Method);
