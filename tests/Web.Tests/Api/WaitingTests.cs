using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>What a task waits for is said by REST and on its page, in the same words.</summary>
public sealed class WaitingTests(WebNode node)
{
    [Fact]
    public async Task Task_WhoseProviderWasNeverThere_SaysSo()
    {
        using var guest = await node.GuestAsync();
        var agent = await OfflineAsync(guest);
        var id = await SubmitAsync(guest, agent);

        var task = await UntilAsync(guest, id, static task => task.WaitingFor is not null);
        var page = await PageAsync(guest, $"tasks/{id}");
        var told = await PageAsync(guest, $"agents/{agent}");

        Assert.Equal(("provider", 1, (DateTimeOffset?)null), (task.WaitingFor!.Kind, task.WaitingFor.StepId, task.WaitingFor.LastSeen));
        Assert.Equal(("provider", 1, "submitted"), (task.Steps[0].WaitingFor?.Kind, task.QueuePosition, task.State));
        Assert.Contains("Waiting for its provider", task.StatusMessage, StringComparison.Ordinal);
        Assert.Contains("<title>Provider away · Away · Orkestron</title>", page, StringComparison.Ordinal);
        Assert.Contains("No worker of", page, StringComparison.Ordinal);
        Assert.Contains("Stop the task", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Position 1 in the queue", page, StringComparison.Ordinal);
        Assert.Contains("No worker running, none seen yet", told, StringComparison.Ordinal);
        Assert.Contains("Provider away</span>", await PageAsync(guest, "tasks"), StringComparison.Ordinal);
        Assert.Contains(id.ToString(), await PageAsync(guest, "tasks?state=away"), StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), await PageAsync(guest, "tasks?state=submitted"), StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), await PageAsync(guest, "tasks?state=working"), StringComparison.Ordinal);
        Assert.Contains(
            "\"" + id,
            await guest.Http.GetStringAsync(new Uri("tasks?state=submitted", UriKind.Relative), ApiClient.Stop),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_WhoseProviderIsAway_OffersAgentsOfItsSkillThatTakeItsInput()
    {
        using var guest = await node.GuestAsync();
        var agent = await OfflineAsync(guest, """ "skills": ["keywords"], """);
        using var submitted = await guest.PostAsync("tasks", $$"""{"agent":"{{agent}}","input":{"text":"Grid batteries."} }""");
        var id = (await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted)).Id;
        await UntilAsync(guest, id, static task => task.WaitingFor is not null);

        var page = await PageAsync(guest, $"tasks/{id}");

        Assert.Contains($"href=\"/agents/orkestron/keyword-extractor?from={id}\"", page, StringComparison.Ordinal);
        Assert.Contains("Use orkestron/keyword-extractor instead (", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/agents?skill=keywords\"", page, StringComparison.Ordinal);
        Assert.Contains("Or keep waiting", page, StringComparison.Ordinal);
        Assert.Contains("Nothing has been sent outside the platform yet. Content for w-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Content was sent outside the platform", page, StringComparison.Ordinal);
        Assert.Contains(
            "value=\"Grid",
            Regex.Replace(await PageAsync(guest, $"agents/orkestron/keyword-extractor?from={id}"), @"<textarea[^>]*>\s*Grid", "value=\"Grid"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_ThatIsOpen_NeedsYourAnswerOnThePageAndInputRequiredByRest()
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync("tasks", RetryTests.Plan);
        var id = (await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted)).Id;

        var task = await UntilAsync(guest, id, static task => task.State == "input-required");
        var page = await PageAsync(guest, $"tasks/{id}");

        Assert.Equal("answer", task.WaitingFor?.Kind);
        Assert.Contains("<title>Needs your answer · ", page, StringComparison.Ordinal);
        var visible = Regex.Replace(page, "<[^>]+>", " ");
        Assert.DoesNotContain("input-required", visible, StringComparison.Ordinal);
        Assert.Contains("is waiting for your answer", visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_WithoutScript_SayThatTheyAreUtc()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Durable tasks survive crashes.");

        var page = await PageAsync(guest, $"tasks/{task.Id}");

        Assert.Contains("<title>Finished · ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Stops automatically", page, StringComparison.Ordinal);
        var times = Regex.Matches(page, "<time [^>]*>([^<]*)</time>");
        Assert.NotEmpty(times);
        Assert.All(times, static time => Assert.EndsWith(" UTC", time.Groups[1].Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("orkestron/javascript-sandbox", """{"code":"throw new Error('mine')"}""")]
    [InlineData("orkestron/javascript-sandbox", """{"code":"function main( {"}""")]
    [InlineData("orkestron/csv-analyst", """{"mode":"query","csv":"a,b\n1,2","sql":"SELECT nothing FROM nowhere"}""")]
    public async Task Error_OfTheUsersOwn_IsNotCountedAgainstTheAgent(string agent, string input)
    {
        using var guest = await node.GuestAsync();
        var before = (await guest.GetAsync<AgentListing>($"agents/{agent}")).Stats;

        using var submitted = await guest.PostAsync("tasks", $$"""{"agent":"{{agent}}","input":{{input}}}""");
        var id = (await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted)).Id;
        var task = await guest.GetAsync<TaskDetail>($"tasks/{id}?wait=60");
        var after = (await guest.GetAsync<AgentListing>($"agents/{agent}")).Stats;

        Assert.NotEqual("completed", task.State);
        Assert.True(after.InputErrors > before.InputErrors, $"{task.State} {task.FailureCode}");
        Assert.True(after.Runs - after.InputErrors - after.Succeeded <= before.Runs - before.InputErrors - before.Succeeded);
    }

    internal static async Task<string> OfflineAsync(ApiClient maker, string more = "")
    {
        var agent = $"w-{Guid.NewGuid():N}"[..20] + "/away";
        using var answer = await maker.Http.PutAsync(
            new Uri($"agents/{agent}", UriKind.Relative),
            new StringContent(
                $$"""
                { "version": "1.0.0", {{more}} "title": "Away", "summary": "A test.", "country": "DE",
                  "inputSchema": { "type": "object" }, "outputSchema": { "type": "object" },
                  "examples": [ { "title": "One", "input": {} } ] }
                """,
                Encoding.UTF8,
                "application/json"),
            ApiClient.Stop);
        await ApiClient.ReadAsync<AgentListing>(answer, HttpStatusCode.OK);
        return agent;
    }

    internal static async Task<Guid> SubmitAsync(ApiClient user, string agent)
    {
        using var submitted = await user.PostAsync("tasks", $$"""{"agent":"{{agent}}","input":{} }""");
        return (await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted)).Id;
    }

    private static async Task<TaskDetail> UntilAsync(ApiClient user, Guid id, Func<TaskDetail, bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var task = await user.GetAsync<TaskDetail>($"tasks/{id}");
            if (reached(task))
            {
                return task;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<string> PageAsync(ApiClient user, string path) => WebUtility.HtmlDecode(
        await user.Http.GetStringAsync(new Uri(user.Http.BaseAddress!, $"/{path}"), ApiClient.Stop));
}
