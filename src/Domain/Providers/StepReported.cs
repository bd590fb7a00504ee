using System.Collections.Immutable;

namespace Orkestron.Domain.Providers;

/// <summary>Progress and new partial output of a step; null where nothing changed.</summary>
[GenerateSerializer, Immutable, Alias("orkestron.step-reported")]
public sealed record StepReported(
    [property: Id(0)] StepKey Step,
    [property: Id(1)] double? Percent,
    [property: Id(2)] string? Message,
    [property: Id(3)] string? Text);
