using System.Net;
using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Health, description, headers, and what holds for every refusal.</summary>
public sealed class MachineTests(WebNode node)
{
    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_WhileItRuns_IsGood(string path, string status)
    {
        using var client = node.Visitor();

        var health = await client.GetAsync<JsonElement>(path);

        Assert.Equal(status, health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Description_Always_ListsThePublicContract()
    {
        using var client = node.Visitor();

        var document = await client.GetAsync<JsonElement>("/openapi/v1.json");

        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        Assert.Superset(
            new HashSet<string>(
            [
                "/api/v1/policy", "/api/v1/account", "/api/v1/account/register", "/api/v1/account/login",
                "/api/v1/account/logout", "/api/v1/account/keys", "/api/v1/agents", "/api/v1/agents/{provider}/{name}",
                "/api/v1/tasks", "/api/v1/tasks/{id}", "/api/v1/tasks/{id}/cancel", "/api/v1/tasks/{id}/events",
                "/api/v1/tasks/{id}/ledger", "/api/v1/tasks/{id}/disclosures", "/api/v1/agents/{provider}/{name}/stats",
                "/api/v1/consents", "/api/v1/consents/{purpose}/give", "/api/v1/consents/{purpose}/withdraw",
                "/api/v1/wallet", "/api/v1/wallet/entries", "/health/live", "/health/ready",
            ]),
            paths.ToHashSet());
    }

    [Fact]
    public async Task Headers_Always_ForbidForeignAndInlineContent()
    {
        using var client = node.Visitor();

        using var answer = await client.Http.GetAsync(new Uri("policy", UriKind.Relative), ApiClient.Stop);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "not_found")]
    [InlineData("PATCH", "/api/v1/tasks", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/tasks/not-an-id", 404, "not_found")]
    public async Task Address_Unknown_IsAProblem(string method, string path, int status, string code)
    {
        using var client = await node.GuestAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(node.Address, path));

        using var answer = await client.Http.SendAsync(request, ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, status, code);
    }

    [Fact]
    public void Refusals_Always_HaveAStatusAndACodeOfTheirOwn()
    {
        var kinds = Enum.GetValues<RefusalCode>().Select(ProblemKind.Of).ToArray();

        Assert.All(kinds, kind => Assert.InRange(kind.Status, 400, 503));
        Assert.Equal(kinds.Length, kinds.Select(kind => kind.Code).Distinct().Count());
    }

    [Fact]
    public async Task Agents_Found_CarryWhatTheContractPromises()
    {
        using var client = node.Visitor();

        var found = await client.GetAsync<JsonElement>("agents?q=keyword");
        var agent = await client.GetAsync<JsonElement>("agents/orkestron/keyword-extractor");
        using var unknown = await client.Http.GetAsync(new Uri("agents/orkestron/nobody", UriKind.Relative), ApiClient.Stop);

        Assert.Equal("keyword-extractor", found.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal("0.01", agent.GetProperty("price").GetProperty("perCall").GetString());
        Assert.Equal("object", agent.GetProperty("inputSchema").GetProperty("type").GetString());
        Assert.NotEqual(0, agent.GetProperty("examples").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
