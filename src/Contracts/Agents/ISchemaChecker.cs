using System.Text.Json;

namespace Orkestron.Contracts.Agents;

/// <summary>Checks JSON Schemas, and values against them, as publishing and running do.</summary>
public interface ISchemaChecker
{
    /// <summary>What is wrong with a schema in a sentence, or null. Ask before anything is held against it.</summary>
    string? FaultOf(JsonElement schema);

    /// <summary>What is wrong with a value, at most 20 faults; none when it fits.</summary>
    IReadOnlyList<SchemaFault> Check(JsonElement schema, JsonElement value);
}

/// <summary>What is wrong with a value.</summary>
/// <param name="Path">A JSON Pointer into the value, empty for the whole.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SchemaFault(string Path, string Message);
