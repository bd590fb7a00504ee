using Microsoft.OpenApi;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>
/// Corrects which members are required and which may be null: a required member of a request is never null, and a member of a
/// response that may be null is not required. The types of requests have nullable required members, so that all missing members
/// can be reported at once by name.
/// </summary>
internal static class RequiredMembers
{
    // Optional for plans whose output schema follows from their agents.
    private static readonly (string Schema, string Member)[] MayBeLeftOut = [("PublishAgentRequest", "outputSchema")];

    public static void Apply(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var sent = Sent(document, schemas);
        foreach (var (name, schema) in schemas)
        {
            if (schema is not OpenApiSchema { Properties: { } members, Required: { } required })
            {
                continue;
            }

            foreach (var member in required.ToArray().Where(members.ContainsKey))
            {
                if (MayBeLeftOut.Contains((name, member)) || (IsNullable(members[member]) && !sent.Contains(name)))
                {
                    required.Remove(member);
                }
                else if (IsNullable(members[member]))
                {
                    members[member] = NotNull(members[member]);
                }
            }
        }
    }

    /// <summary>The schemas that occur in request bodies.</summary>
    private static HashSet<string> Sent(OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<IOpenApiSchema>(document.Operations()
            .SelectMany(static operation => operation.RequestBody?.Content?.Values.Select(static media => media.Schema) ?? [])
            .OfType<IOpenApiSchema>());
        while (open.TryPop(out var schema))
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                if (found.Add(id) && schemas.TryGetValue(id, out var target))
                {
                    open.Push(target);
                }

                continue;
            }

            foreach (var part in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Append(schema.Items!).Where(
                static part => part is not null))
            {
                open.Push(part);
            }
        }

        return found;
    }

    private static bool IsNullable(IOpenApiSchema schema) => schema is OpenApiSchema own
        && (own.Type?.HasFlag(JsonSchemaType.Null) == true && own.Type != JsonSchemaType.Null || own.OneOf?.Any(IsNull) == true);

    private static bool IsNull(IOpenApiSchema schema) => schema is OpenApiSchema { Type: JsonSchemaType.Null };

    private static IOpenApiSchema NotNull(IOpenApiSchema schema)
    {
        var own = (OpenApiSchema)schema;
        if (own.OneOf is { } choices)
        {
            return choices.First(static choice => !IsNull(choice));
        }

        own.Type &= ~JsonSchemaType.Null;
        return own;
    }
}
