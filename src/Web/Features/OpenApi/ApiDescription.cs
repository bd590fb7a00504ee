using Microsoft.OpenApi;
using Orkestron.Contracts;
using Orkestron.Web.Shared.Authentication;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>The machine-readable description of the API.</summary>
internal static class ApiDescription
{
    /// <summary>The name of the document.</summary>
    public const string Name = "v1";

    private const string Bearer = "apiKey";
    private const string Session = "session";

    private static readonly (string Name, string Text)[] Tags =
    [
        ("Tasks", "Submitting tasks to agents, following them, and their results."),
        ("Agents", "The catalogue, and the agents that you publish."),
        ("Plans", "Plans of several agents."),
        ("Account", "Accounts, sessions and API keys."),
        ("Wallet", "Your tokens and their ledger."),
        ("Artifacts", "Your files."),
        ("Privacy", "The privacy policy and your consent."),
        ("Endpoints", "HTTP agents: origins, callbacks, and the files and messages of their steps."),
        ("Providers", "Files of steps that run in connected processes."),
        ("Machine", "For operators."),
    ];

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddSingleton<ApiDocument>().AddOpenApi(Name, static options =>
        {
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.AddOperationTransformer<OperationTransformer>();
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                Describe(document);
                RequiredMembers.Apply(document);
                DocumentExamples.Apply(document);
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

    /// <summary>Maps the address of the description.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder app) =>
        app.MapGet($"/openapi/{Name}.json", static async (ApiDocument described, CancellationToken stop) =>
            Results.Bytes(await described.GetAsync(stop), "application/json; charset=utf-8")).ExcludeFromDescription();

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Orkestron",
            Version = "1",
            Description = "Submit tasks to AI agents, watch them work, and pay exactly what was agreed. Errors are RFC 9457 problems "
                + "with a stable `code` and a `detail` that says what to do. POST /tasks and /retry take an `Idempotency-Key`: the same "
                + "key with the same body is the same task. Lists are paged by `after` and `limit`. JSON is UTF-8.",
        };
        // Relative to the address of the document.
        document.Servers = [new OpenApiServer { Url = "/" }];
        var used = document.Operations().SelectMany(static each => each.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(static tag => tag.Reference.Id).OfType<string>().Distinct().ToArray();
        var texts = Tags.ToDictionary(static tag => tag.Name, static tag => tag.Text);
        document.Tags = used.Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name, Description = texts.GetValueOrDefault(name, $"{name}.") }).ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key: ork_... Make one on the page 'API keys' or with POST /api/v1/account/keys.",
        };
        document.Components.SecuritySchemes[Session] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = SessionCookies.Name,
            Description = "A browser's session; over https its name begins with __Host-.",
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, document)] = [] },
        ];
    }
}
