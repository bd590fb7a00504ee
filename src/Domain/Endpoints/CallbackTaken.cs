
namespace Orkestron.Domain.Endpoints;

/// <summary>A callback was taken.</summary>
/// <param name="Durable">Whether it ended the step, which is durable; false for progress.</param>
[GenerateSerializer, Immutable, Alias("orkestron.callback-taken")]
public sealed record CallbackTaken([property: Id(0)] bool Durable);
