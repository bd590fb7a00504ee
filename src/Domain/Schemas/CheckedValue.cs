using System.Collections.Immutable;

namespace Orkestron.Domain.Schemas;

/// <summary>A value that was held against a schema.</summary>
/// <param name="Value">The value; without what was dropped.</param>
/// <param name="Dropped">What was left out because the schema does not declare it, as JSON Pointers.</param>
/// <param name="Errors">What is wrong, with JSON Pointers; empty when it fits.</param>
internal sealed record CheckedValue(Payload Value, ImmutableArray<string> Dropped, ImmutableArray<FieldError> Errors)
{
    /// <summary>The first error under the title of its field; empty when the value fits.</summary>
    public string Sentence { get => field ?? (Errors.IsEmpty ? "" : Errors[0].Message); init; }
}
