using System.Collections.Immutable;

namespace Orkestron.Domain;

/// <summary>A command that was not carried out, and why. It changed nothing.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Detail">For people: what is wrong and what to do. No secrets, no personal data.</param>
[GenerateSerializer, Immutable, Alias("orkestron.refusal")]
public sealed record Refusal([property: Id(0)] RefusalCode Code, [property: Id(1)] string Detail)
{
    /// <summary>What is wrong with single fields, at most 20.</summary>
    [Id(2)]
    public ImmutableArray<FieldError> Errors { get; init; } = [];
}

/// <summary>What is wrong with one field.</summary>
/// <param name="Path">A JSON Pointer into the input, empty for the whole.</param>
/// <param name="Message">What is wrong.</param>
[GenerateSerializer, Immutable, Alias("orkestron.field-error")]
public sealed record FieldError([property: Id(0)] string Path, [property: Id(1)] string Message);
