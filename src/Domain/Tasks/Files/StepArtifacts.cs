
namespace Orkestron.Domain.Tasks;

/// <summary>What a step does with a file.</summary>
[GenerateSerializer, Alias("orkestron.artifact-use")]
public enum ArtifactUse
{
    /// <summary>Read one.</summary>
    Open = 0,

    /// <summary>Write a new one.</summary>
    Make = 1,

    /// <summary>It was written.</summary>
    Made = 2,
}

/// <summary>A step asks for a file. Answered once what is recorded of it is durable.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">Its attempt: only the running one may.</param>
/// <param name="Use">What for.</param>
/// <param name="ArtifactId">Which; empty to make one.</param>
[GenerateSerializer, Immutable, Alias("orkestron.artifact-request")]
public sealed record ArtifactRequest(
    [property: Id(0)] int StepId,
    [property: Id(1)] int Attempt,
    [property: Id(2)] ArtifactUse Use,
    [property: Id(3)] Guid ArtifactId);

/// <summary>Whether the step may.</summary>
/// <param name="OwnerId">Whose the file is. Never told to agents.</param>
/// <param name="Until">When the right ends: the task's deadline.</param>
/// <param name="Failure">Why not; null when it may.</param>
[GenerateSerializer, Immutable, Alias("orkestron.artifact-grant")]
public sealed record ArtifactGrant(
    [property: Id(0)] Guid OwnerId, [property: Id(1)] DateTimeOffset Until, [property: Id(2)] StepFailure? Failure);

/// <summary>A file that a step read or made.</summary>
/// <param name="Id">Which.</param>
/// <param name="Made">Whether it was made; otherwise it was read.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("orkestron.step-file")]
public sealed record StepFile([property: Id(0)] Guid Id, [property: Id(1)] bool Made, [property: Id(2)] DateTimeOffset At);
