using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>The checks of the grains, for pages that check before they send.</summary>
internal sealed class SchemaChecker : ISchemaChecker
{
    public string? FaultOf(JsonElement schema) => SchemaSafety.Fault(Payload(schema));

    public IReadOnlyList<SchemaFault> Check(JsonElement schema, JsonElement value) =>
        [.. SchemaSafety.Check(Payload(schema), Payload(value)).Select(static fault => new SchemaFault(fault.Path, fault.Message))];

    // As it is written: texts that are no Unicode are the check's to tell.
    private static Payload Payload(JsonElement json) => Domain.Payload.Of(json.GetRawText());
}
