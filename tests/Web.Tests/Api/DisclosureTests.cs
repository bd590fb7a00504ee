using System.Net;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Who got what of a task's content, and what agents' figures tell everyone.</summary>
public sealed class DisclosureTests(WebNode node)
{
    [Fact]
    public async Task Disclosures_OfAnOrchestratedTask_NameEachAgentAndItsFields()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.SettledAsync(ApiClient.Research);

        var shared = (await guest.GetAsync<ListOf<Disclosure>>($"tasks/{task.Id}/disclosures")).Items;

        Assert.Equal(task.Steps.Select(step => (step.Id, step.Agent)), shared.Select(each => (each.StepId, each.Agent)));
        Assert.True(shared.Count > 1);
        Assert.All(shared, each => Assert.True(each.InsidePlatform && each.Provider == "orkestron" && each.Attempts == 1));
        Assert.All(shared, each => Assert.InRange(each.At, task.CreatedAt, task.EndedAt!.Value));
        Assert.Equal(["/question", "/documents"], shared[0].Fields);
        Assert.All(shared.Skip(1), each => Assert.Equal(1, each.ParentId));
        Assert.All(shared.Skip(1), each => Assert.Contains("/documents", each.TaskFields!));
        Assert.Contains(shared.Skip(1), each => each.TaskFields!.Contains("/question"));
    }

    [Fact]
    public async Task Disclosures_OfAnAgentThatAsksALanguageModel_SayThatItLeftThePlatform()
    {
        await using var own = new WebNode();
        // Nobody answers there; that it is sent there is recorded before it is.
        await own.StartAsync(
            null,
            "--Orkestron:Models:Endpoint", "http://127.0.0.1:9/v1",
            "--Orkestron:Models:Key", "none",
            "--Orkestron:Models:Model", "none",
            "--Logging:Console:LogLevel:Default", "None");
        using var guest = await own.GuestAsync();
        using var answer = await guest.SubmitAsync(new { agent = "orkestron/chat", input = new { prompt = "Where does this go?" } });
        var task = await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);

        var shared = Assert.Single((await guest.GetAsync<ListOf<Disclosure>>($"tasks/{task.Id}/disclosures")).Items);

        Assert.Equal((false, "127.0.0.1", "orkestron"), (shared.InsidePlatform, shared.Recipient, shared.Provider));
        Assert.Equal(["/prompt"], shared.Fields);
    }

    [Fact]
    public async Task Disclosures_OfAnothersTask_DoNotExist()
    {
        using var owner = await node.GuestAsync();
        using var other = await node.GuestAsync();
        using var visitor = node.Visitor();
        var task = await owner.RunAsync("Mine alone.");

        using var foreign = await other.Http.GetAsync(new Uri($"tasks/{task.Id}/disclosures", UriKind.Relative), ApiClient.Stop);
        using var nobody = await visitor.Http.GetAsync(new Uri($"tasks/{task.Id}/disclosures", UriKind.Relative), ApiClient.Stop);

        await ApiClient.ProblemAsync(foreign, 404, "not_found");
        await ApiClient.ProblemAsync(nobody, 401, "sign_in_required");
    }

    [Fact]
    public async Task Stats_OfAnAgent_CountItsRunsAndAreOpenToAll()
    {
        using var guest = await node.GuestAsync();
        using var visitor = node.Visitor();
        var before = await visitor.GetAsync<AgentFigures>($"agents/{ApiClient.Keywords}/stats");

        await guest.RunAsync("One more run.");

        var after = await visitor.GetAsync<AgentFigures>($"agents/{ApiClient.Keywords}/stats");
        Assert.True(after.Runs > before.Runs && after.Succeeded > before.Succeeded);
        Assert.True(after.P50Milliseconds <= after.P95Milliseconds);
        using var unknown = await visitor.Http.GetAsync(new Uri("agents/orkestron/nobody/stats", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(unknown, 404, "agent_not_found");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
