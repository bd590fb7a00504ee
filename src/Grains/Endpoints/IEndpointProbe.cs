using System.Collections.Immutable;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Grains.Endpoints;

/// <summary>Asks an origin for its challenge.</summary>
public interface IEndpointProbe
{
    /// <summary>Gets what the origin serves as its proof.</summary>
    /// <returns>Never an exception for what the origin did.</returns>
    Task<ProbeResult> AskAsync(EndpointAddress origin, CancellationToken cancellationToken);
}
