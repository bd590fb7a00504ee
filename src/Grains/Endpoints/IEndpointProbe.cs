using System.Collections.Immutable;

namespace Orkestron.Grains.Endpoints;

/// <summary>Asks an origin for its challenge.</summary>
public interface IEndpointProbe
{
    /// <summary>Gets what the origin serves as its proof.</summary>
    /// <returns>Never an exception for what the origin did.</returns>
    Task<ProbeResult> AskAsync(EndpointAddress origin, CancellationToken cancellationToken);
}

/// <summary>What an origin answered.</summary>
/// <param name="Text">What it serves; null when nothing came.</param>
/// <param name="Fault">Why nothing came, a sentence of the platform's.</param>
/// <param name="Addresses">Where its name led.</param>
public sealed record ProbeResult(string? Text, string? Fault, ImmutableArray<string> Addresses)
{
    /// <summary>Whether a server answered there, whatever it said; one that stands before others and cannot reach them did not.</summary>
    public bool Answered { get; init; } = Text is not null;
}
