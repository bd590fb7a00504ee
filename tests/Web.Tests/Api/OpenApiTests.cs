using System.Diagnostics;
using System.Text.Json;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>The description of the API is whole, and clean by a linter that others use.</summary>
public sealed class OpenApiTests(WebNode node)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Web.Tests", "Api", "Linter");

    [Fact]
    public async Task Description_ByTheLinter_IsClean()
    {
        await InstallAsync();
        using var visitor = node.Visitor();
        var file = Path.Combine(node.Folder, "openapi.json");
        await File.WriteAllTextAsync(
            file, await visitor.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), ApiClient.Stop), ApiClient.Stop);

        var (_, told) = await RunAsync(
            "node", "node_modules/@redocly/cli/bin/cli.js", "lint", file, "--config", "redocly.yaml", "--format", "json");

        Assert.True(told.Contains("\"totals\"", StringComparison.Ordinal), $"The linter did not run: {told}");
        var totals = JsonElement.Parse(
            told[told.IndexOf('{', StringComparison.Ordinal)..(told.LastIndexOf('}') + 1)]).GetProperty("totals");
        Assert.True(
            totals.GetProperty("errors")
                .GetInt32() + totals.GetProperty("warnings")
                .GetInt32() + totals.GetProperty("ignored")
                .GetInt32() == 0,
            told);
    }

    [Fact]
    public async Task Description_OfEachOperation_IsWhole()
    {
        using var visitor = node.Visitor();
        var document = await visitor.GetAsync<JsonElement>("/openapi/v1.json");

        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(
                static path =>
                    path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", Told: operation.Value)))
            .ToArray();

        Assert.Contains(operations, static each => each.Told.GetProperty("operationId").GetString() == "createTask");
        Assert.Contains(operations, static each => each.Told.GetProperty("operationId").GetString() == "listTaskLedger");
        Assert.DoesNotContain(
            operations, static each => each.Told.GetProperty("operationId").GetString()!.Contains("Guid", StringComparison.Ordinal));
        Assert.Equal(
            operations.Length, operations.Select(static each => each.Told.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, static each =>
        {
            Assert.NotEmpty(each.Told.GetProperty("summary").GetString()!);
            Assert.NotEmpty(each.Told.GetProperty("description").GetString()!);
            Assert.Single(each.Told.GetProperty("tags").EnumerateArray());
            Assert.All(
                Members(each.Told, "parameters"), static parameter => Assert.NotEmpty(parameter.GetProperty("description").GetString()!));
            var answers = each.Told.GetProperty("responses").EnumerateObject().ToArray();
            Assert.Contains(answers, static answer => answer.Name.StartsWith('4'));
            Assert.All(answers, static answer => Assert.NotEmpty(answer.Value.GetProperty("description").GetString()!));
            var bodies = answers.Select(static answer => answer.Value).Concat(
                each.Told.TryGetProperty("requestBody", out var body) ? [body] : [])
                .Where(static told => told.TryGetProperty("content", out _))
                .SelectMany(static told => told.GetProperty("content").EnumerateObject())
                .Where(static media => media.Name is "application/json" or "application/problem+json");
            Assert.All(bodies, static media => Assert.True(media.Value.TryGetProperty("example", out _)));
        });
    }

    [Fact]
    public async Task Description_OfSchemas_PromisesNothingThatMayBeNull()
    {
        using var visitor = node.Visitor();
        var schemas = (await visitor.GetAsync<JsonElement>("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");

        Assert.All(schemas.EnumerateObject(), static schema =>
        {
            Assert.DoesNotContain("Of", schema.Name.Replace("Profile", "", StringComparison.Ordinal), StringComparison.Ordinal);
            if (schema.Value.TryGetProperty("required", out var required))
            {
                Assert.All(required.EnumerateArray(), name => Assert.False(
                    IsNullable(schema.Value.GetProperty("properties").GetProperty(name.GetString()!)),
                    $"{schema.Name}.{name} may be null"));
            }
        });
    }

    [Fact]
    public async Task Description_OfARequest_RequiresWhatMustBeSent()
    {
        using var visitor = node.Visitor();
        var schemas = (await visitor.GetAsync<JsonElement>("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");

        Assert.Equal(["agent", "input"], Required("CreateTaskRequest"));
        Assert.Equal(["email", "password"], Required("LoginRequest"));
        Assert.DoesNotContain("outputSchema", Required("PublishAgentRequest"));
        Assert.True(schemas.TryGetProperty("TaskList", out _));

        string[] Required(string schema) =>
            [
                .. schemas.GetProperty(schema)
                .GetProperty("required")
                .EnumerateArray()
                .Select(static name => name.GetString()!)
                .Order(StringComparer.Ordinal),
            ];
    }

    private static bool IsNullable(JsonElement schema) =>
        (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(
            static each => each.GetString() == "null"))
        || Members(schema, "oneOf")
            .Any(
                static each =>
                    each.TryGetProperty("type", out var only) && only.ValueKind == JsonValueKind.String && only.GetString() == "null");

    private static JsonElement[] Members(JsonElement told, string name) =>
        told.TryGetProperty(name, out var members) ? [.. members.EnumerateArray()] : [];

    // As the lock file says: once, and again when that changes.
    private static async Task InstallAsync()
    {
        var locked = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"), ApiClient.Stop);
        var installed = Path.Combine(Folder, "node_modules", ".installed-lock.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed, ApiClient.Stop) == locked)
        {
            return;
        }

        var (code, told) = await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.True(code == 0, $"The linter cannot be installed; it needs npm and the registry: {told}");
        await File.WriteAllTextAsync(installed, locked, ApiClient.Stop);
    }

    private static async Task<(int Code, string Told)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["NO_COLOR"] = "1" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ApiClient.Stop), process.StandardError.ReadToEndAsync(
            ApiClient.Stop));
        await process.WaitForExitAsync(ApiClient.Stop);
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }
}
