
namespace Orkestron.Domain.Endpoints;

/// <summary>What a callback's token stands for.</summary>
/// <param name="Step">The attempt.</param>
[GenerateSerializer, Immutable, Alias("orkestron.callback-step")]
public sealed record CallbackStep([property: Id(0)] StepKey Step);
