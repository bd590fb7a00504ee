using System.Collections.Immutable;

namespace Orkestron.Domain.Endpoints;

/// <summary>An origin and its new secret.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.endpoint-created")]
public sealed record EndpointCreated([property: Id(0)] EndpointView Endpoint, [property: Id(1)] string Secret);
