using System.Collections.Immutable;

namespace Orkestron.Domain.Endpoints;

/// <summary>What requests to an origin are signed with: secrets, sealed for the provider, the current one first.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-pass")]
public sealed record EndpointPass([property: Id(0)] ImmutableArray<byte[]> SealedSecrets);
