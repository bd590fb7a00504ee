using Orkestron.GrainInterfaces;

namespace Orkestron.Grains.Agents;

/// <summary>Whether a schema from outside may be followed at all.</summary>
public static class SchemaSafety
{
    /// <summary>A sentence that says what is wrong, or null.</summary>
    public static string? Fault(Payload schema) => SchemaCheck.Fault(schema);
}
