using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orkestron.Web.Features.OpenApi.Texts;
using Orkestron.Web.Features.Tasks.Submission;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>Adds an id, a description, the required scopes and the common problems to each operation.</summary>
internal sealed partial class OperationTransformer : IOpenApiOperationTransformer
{
    private static readonly HashSet<string> Idempotent = new(StringComparer.Ordinal) { "POST /tasks", "POST /tasks/{id}/retry" };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var method = context.Description.HttpMethod ?? "GET";
        var full = Constraint().Replace("/" + context.Description.RelativePath?.Trim('/'), "}");
        var path = full.StartsWith(ApiRoutes.Api + "/", StringComparison.Ordinal) ? full[ApiRoutes.Api.Length..] : full;
        var text = OperationTexts.Of(method, path, operation.Summary);
        operation.OperationId = text.Id;
        var scopes = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>()
            .Select(static each => each.Policy).OfType<string>().Distinct().ToArray();
        operation.Description = scopes.Length > 0
            ? $"{text.Description} An API key needs the scope {string.Join(" and ", scopes.Select(static scope => $"`{scope}`"))}."
            : text.Description;
        if (scopes.Length == 0)
        {
            operation.Security = [];
        }

        Parameters(operation, method, path);
        Answers(operation, context, full, scopes.Length > 0);
        return Task.CompletedTask;
    }

    // The constraint in {id:guid}, which is left out.
    [GeneratedRegex(@":[^}]+\}")]
    private static partial Regex Constraint();

    private static void Parameters(OpenApiOperation operation, string method, string path)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= ParameterTexts.Of(parameter.Name ?? "", path, parameter.In == ParameterLocation.Query);
        }

        if (Idempotent.Contains($"{method} {path}"))
        {
            Header(operation, IdempotencyKeys.Header, "Identifies the request, with 1 to 255 ASCII characters: the same key with the same body means the same task.");
        }

        if (path.EndsWith("/events", StringComparison.Ordinal))
        {
            Header(operation, "Last-Event-ID", "The sequence of the last event received, as browsers send it when they reconnect.");
        }
    }

    private static void Header(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static void Answers(OpenApiOperation operation, OpenApiOperationTransformerContext context, string path, bool authorized)
    {
        operation.Responses ??= [];
        var problem = operation.Responses.Values
            .SelectMany(static answer => answer.Content?.Where(static media => media.Key == Problems.ContentType) ?? [])
            .Select(static media => media.Value.Schema)
            .FirstOrDefault() ?? new OpenApiSchemaReference(nameof(Problem), context.Document);
        foreach (var status in Common(path, authorized, operation.RequestBody is not null))
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Content = new Dictionary<string, OpenApiMediaType> { [Problems.ContentType] = new() { Schema = problem } },
            });
        }

        foreach (var (status, answer) in operation.Responses)
        {
            if (answer is OpenApiResponse own)
            {
                own.Description = AnswerTexts.Of(status) ?? own.Description;
            }
        }
    }

    private static IEnumerable<string> Common(string path, bool authorized, bool body)
    {
        yield return "400";
        if (authorized)
        {
            yield return "401";
            yield return "403";
        }

        if (body)
        {
            yield return "413";
            yield return "415";
        }

        if (path.StartsWith(ApiRoutes.Api, StringComparison.Ordinal))
        {
            yield return "429";
            yield return "503";
        }
    }
}
