using System.Collections.Immutable;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Domain.Endpoints;

/// <summary>What an origin answered.</summary>
/// <param name="Text">What it serves; null when nothing came.</param>
/// <param name="Fault">Why nothing came, a sentence of the platform's.</param>
/// <param name="Addresses">Where its name led.</param>
public sealed record ProbeResult(string? Text, string? Fault, ImmutableArray<string> Addresses)
{
    /// <summary>Whether a server answered there, whatever it said; one that stands before others and cannot reach them did not.</summary>
    public bool Answered { get; init; } = Text is not null;
}
