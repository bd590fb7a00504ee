using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orkestron.Contracts;

namespace Orkestron.Web.Operations;

/// <summary>The machine-readable description of the API.</summary>
internal static class ApiDescription
{
    private const string Bearer = "apiKey";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi("v1", static options =>
        {
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer(static (schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(Tokens) || context.JsonTypeInfo.Type == typeof(Tokens?))
                {
                    schema.Type = JsonSchemaType.String;
                    schema.Pattern = @"^-?\d+(\.\d{1,6})?$";
                    schema.Description = "Tokens: a decimal string with at most six places.";
                }

                return Task.CompletedTask;
            });
        });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Orkestron",
            Version = "1",
            Description = "Hand tasks to AI agents, watch them work, pay exactly what was agreed. Errors are RFC 9457 problems "
                + "with a stable `code`. POST /tasks and /retry take an `Idempotency-Key`: the same key with the same body is "
                + "the same task. Lists are paged by `after` and `limit`.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key: ork_... Browsers use a session cookie instead.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }
}
