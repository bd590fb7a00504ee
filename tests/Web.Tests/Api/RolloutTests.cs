using System.Net;
using System.Text;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Candidates, bringing a version back, and trying an agent before others may.</summary>
public sealed class RolloutTests(WebNode node)
{
    private const string Input = """{ "text": "Grid batteries store energy." }""";

    [Fact]
    public async Task Rollout_OfACandidate_IsItsProvidersToSay()
    {
        using var maker = await node.GuestAsync();
        using var other = await node.GuestAsync();
        var agent = $"r-{Guid.NewGuid():N}"[..20] + "/plan";
        await PublishAsync(maker, agent, "1.0.0");
        await PublishAsync(maker, agent, "1.1.0", "\"candidateShare\": 0,", waitSeconds: 2);

        var rollout = await maker.GetAsync<AgentRolloutView>($"agents/{agent}/rollout");
        Assert.Equal(("1.0.0", "1.1.0", 0), (rollout.Current, rollout.Candidate, rollout.Share));
        Assert.Equal("1.0.0", (await other.GetAsync<AgentListing>($"agents/{agent}")).Version);

        // Others cannot name it, its provider can.
        using var refused = await SubmitAsync(other, agent, "1.1.0");
        await ApiClient.ProblemAsync(refused, 403, "forbidden");
        using var tried = await SubmitAsync(maker, agent, "1.1.0");
        var task = await ApiClient.ReadAsync<TaskDetail>(tried, HttpStatusCode.Accepted);
        task = await maker.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=60");
        Assert.Equal(("completed", "1.1.0"), (task.State, task.AgentVersion));

        using var promoted = await PutRolloutAsync(maker, agent, """{"current":"1.1.0"}""");
        Assert.Null((await ApiClient.ReadAsync<AgentRolloutView>(promoted, HttpStatusCode.OK)).Candidate);
        Assert.Equal("1.1.0", (await other.GetAsync<AgentListing>($"agents/{agent}")).Version);
        using var back = await PutRolloutAsync(maker, agent, """{"current":"1.0.0","candidate":"1.1.0","share":50}""");
        Assert.Equal(50, (await ApiClient.ReadAsync<AgentRolloutView>(back, HttpStatusCode.OK)).Share);
        Assert.NotEmpty((await other.GetAsync<AgentListing>($"agents/{agent}")).Examples);

        // Each new task gets one of the two, at no more than the price that is shown.
        var versions = new HashSet<string>();
        for (var i = 0; versions.Count < 2 && i < 40; i++)
        {
            using var answer = await SubmitAsync(other, agent, null);
            versions.Add((await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted)).AgentVersion);
        }

        Assert.Equal(["1.0.0", "1.1.0"], versions.Order());

        foreach (var (client, body, status, code) in new[]
        {
            (other, """{"current":"1.0.0"}""", 404, "agent_not_found"),
            (maker, """{"current":"9.0.0"}""", 404, "not_found"),
            (maker, """{"current":"1.0.0","candidate":"1.0.0","share":5}""", 400, "invalid"),
            (maker, """{"current":"1.0.0","candidate":"1.1.0","share":51}""", 400, "invalid"),
            (maker, """{"current":"1.0.0","share":5}""", 400, "invalid"),
            (maker, "{}", 400, "invalid"),
        })
        {
            using var wrong = await PutRolloutAsync(client, agent, body);
            await ApiClient.ProblemAsync(wrong, status, code);
        }

        using var hidden = await other.Http.GetAsync(new Uri($"agents/{agent}/rollout", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(hidden, 404, "agent_not_found");
    }

    [Fact]
    public async Task Agent_ThatIsNotListed_IsThereForItsProviderOnly()
    {
        using var maker = await node.GuestAsync();
        using var other = await node.GuestAsync();
        var agent = $"u-{Guid.NewGuid():N}"[..20] + "/plan";
        await PublishAsync(maker, agent, "1.0.0", "\"listed\": false,");

        foreach (var path in new[] { $"agents/{agent}", $"agents/{agent}/stats", $"agents/{agent}/versions" })
        {
            using var hidden = await other.Http.GetAsync(new Uri(path, UriKind.Relative), ApiClient.Stop);
            await ApiClient.ProblemAsync(hidden, 404, "agent_not_found");
        }

        using var refused = await SubmitAsync(other, agent, null);
        await ApiClient.ProblemAsync(refused, 404, "agent_not_found");
        Assert.DoesNotContain((await other.GetAsync<AgentList>($"agents?q={agent[..20]}")).Items, each => each.Provider == agent[..20]);
        using var tried = await SubmitAsync(maker, agent, null);
        var task = await ApiClient.ReadAsync<TaskDetail>(tried, HttpStatusCode.Accepted);
        Assert.Equal("completed", (await maker.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=60")).State);

        await PublishAsync(maker, agent, "1.0.0", "\"listed\": true,");
        Assert.Equal("1.0.0", (await other.GetAsync<AgentListing>($"agents/{agent}")).Version);
    }

    private static async Task PublishAsync(ApiClient maker, string agent, string version, string more = "", int waitSeconds = 1)
    {
        var body = $$"""
            { "version": "{{version}}", "title": "A plan", "summary": "A test.", "country": "DE", {{more}}
              "inputSchema": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] },
              "examples": [ { "title": "One", "input": { "text": "Grid batteries." } } ], "timeoutSeconds": {{60 * waitSeconds}},
              "price": { "perCall": "0.02", "perThousandCharacters": "0", "callBudget": "0.1" },
              "plan": { "steps": [ { "id": "terms", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } } ],
                "output": { "$ref": "/steps/terms/keyphrases" } } }
            """;
        using var answer = await maker.Http.PutAsync(
            new Uri($"agents/{agent}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), ApiClient.Stop);
        await ApiClient.ReadAsync<AgentListing>(answer, HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> SubmitAsync(ApiClient user, string agent, string? version) => user.PostAsync(
        "tasks", $$"""{"agent":"{{agent}}","input":{{Input}}{{(version is null ? "" : $",\"agentVersion\":\"{version}\"")}}}""");

    private static Task<HttpResponseMessage> PutRolloutAsync(ApiClient user, string agent, string body) => user.Http.PutAsync(
        new Uri($"agents/{agent}/rollout", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), ApiClient.Stop);
}
