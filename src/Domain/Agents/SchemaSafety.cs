using System.Collections.Immutable;
using Orkestron.Domain.Schemas;

namespace Orkestron.Domain.Agents;

/// <summary>Whether a schema from outside may be followed at all.</summary>
public static class SchemaSafety
{
    /// <summary>A sentence that says what is wrong, or null.</summary>
    public static string? Fault(Payload schema) => SchemaCheck.Fault(schema);

    /// <summary>What is wrong with a value; the schema has no fault.</summary>
    public static ImmutableArray<FieldError> Check(Payload schema, Payload value) => SchemaCheck.Validate(schema, value);
}
