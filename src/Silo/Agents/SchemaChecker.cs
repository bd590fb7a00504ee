using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>Schema checks of the grains, for pages that check before they submit.</summary>
internal sealed class SchemaChecker : ISchemaChecker
{
    public string? FaultOf(JsonElement schema) => SchemaSafety.Fault(Payload(schema));

    public IReadOnlyList<SchemaFault> Check(JsonElement schema, JsonElement value) =>
        [.. SchemaSafety.Check(Payload(schema), Payload(value)).Select(static fault => new SchemaFault(fault.Path, fault.Message))];

    // The raw bytes: the check reports text that is not Unicode.
    private static Payload Payload(JsonElement json) => Domain.Payload.Of(json.GetRawText());
}
