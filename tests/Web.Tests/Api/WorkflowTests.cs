using System.Net;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>A plan of agents with a person between them, over HTTP.</summary>
public sealed class WorkflowTests(WebNode node)
{
    private const string Request = """
        {
          "agent": "orkestron/workflow",
          "input": {
            "plan": {
              "steps": [
                { "id": "terms", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } },
                { "id": "check", "approve": { "prompt": "Use these terms?", "subject": { "$ref": "/steps/terms/keyphrases" } } }
              ],
              "output": { "$ref": "/steps/check/note" }
            },
            "input": { "text": "Grid batteries store energy." }
          }
        }
        """;

    [Fact]
    public async Task Approval_AnsweredOverHttp_EndsTheTask()
    {
        using var guest = await node.GuestAsync();
        var asked = await AskedAsync(guest);
        var question = Assert.Single(asked.Questions);
        Assert.Equal(("input-required", "Use these terms?", "1:1"), (asked.State, question.Prompt, question.Id));

        using var wrong = await guest.PostAsync($"tasks/{asked.Id}/input", """{"input":{"decision":"perhaps"}}""");
        var problem = await ApiClient.ProblemAsync(wrong, 422, "input_invalid");
        Assert.Equal("#/input/decision", Assert.Single(problem.Errors!).Pointer);

        using var right = await guest.PostAsync(
            $"tasks/{asked.Id}/input", """{"questionId":"1:1","input":{"decision":"approve","note":"Fine"}}""");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        var ended = await guest.GetAsync<TaskDetail>($"tasks/{asked.Id}?wait=30");
        Assert.Equal(("completed", "Fine"), (ended.State, ended.Result?.GetProperty("result").GetString()));

        using var again = await guest.PostAsync($"tasks/{asked.Id}/input", """{"questionId":"1:1","input":{"decision":"deny"}}""");
        await ApiClient.ProblemAsync(again, 409, "conflict");
        using var stranger = await node.GuestAsync();
        using var foreign = await stranger.PostAsync($"tasks/{asked.Id}/input", """{"input":{"decision":"deny"}}""");
        await ApiClient.ProblemAsync(foreign, 404, "not_found");
    }

    [Fact]
    public async Task Answer_WithoutAName_WhileTwoAreOpen_IsAConflict()
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync("tasks", """
            { "agent": "orkestron/workflow", "input": { "plan": { "timeLimit": "P2D", "steps": [ { "id": "p", "parallel": [
                [ { "id": "a", "approve": { "prompt": "One?" } } ], [ { "id": "b", "approve": { "prompt": "Two?" } } ] ] } ] } } }
            """);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await SuspendedAsync(guest, task.Id);

        using var nameless = await guest.PostAsync($"tasks/{task.Id}/input", """{"input":{"decision":"approve"}}""");
        var problem = await ApiClient.ProblemAsync(nameless, 409, "conflict");
        var asked = await guest.GetAsync<TaskDetail>($"tasks/{task.Id}");

        Assert.StartsWith("Two questions are open: name one by its questionId.", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(2, asked.Questions.Count);
        Assert.All(asked.Questions, question =>
            Assert.InRange(question.AnswerBy!.Value - asked.CreatedAt, TimeSpan.FromHours(47), TimeSpan.FromHours(49)));
    }

    [Fact]
    public async Task Form_WithATimeLimit_GivesTheTaskThatLong()
    {
        using var guest = await node.GuestAsync();
        var form = await Pages.PageForm.GetAsync(guest, node.Address, "/agents/orkestron/keyword-extractor");

        var page = await form.With(("f/text", "Grid batteries store energy."), ("time-limit", "7d")).PressAsync("run");

        var task = await guest.GetAsync<TaskDetail>($"tasks/{page.Address.Segments[^1]}");
        Assert.Equal(TimeSpan.FromDays(7), TimeSpan.FromMinutes(Math.Round((task.Deadline - task.CreatedAt).TotalMinutes)));
    }

    [Fact]
    public async Task Plan_WithAMistake_IsRefusedWithItsPlaceAndCostsNothing()
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync("tasks", """
            { "agent": "orkestron/workflow", "input": { "plan": { "steps": [
                { "id": "a", "call": "orkestron/summariser", "input": { "text": { "$ref": "/steps/b/text" } } } ] } } }
            """);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);

        var ended = await guest.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=30");

        Assert.Equal(("rejected", "plan_invalid", 0), (ended.State, ended.FailureCode, ended.Cost.Charged.Micro));
        Assert.Contains("plan/steps/0/input/text/$ref: /steps/b/text is not known here", ended.StatusMessage, StringComparison.Ordinal);
    }

    private static async Task<TaskDetail> AskedAsync(ApiClient guest)
    {
        using var submitted = await guest.PostAsync("tasks", Request);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await SuspendedAsync(guest, task.Id);
        return await guest.GetAsync<TaskDetail>($"tasks/{task.Id}");
    }

    private static async Task SuspendedAsync(ApiClient guest, Guid id)
    {
        await foreach (var (_, happened) in guest.EventsAsync(id))
        {
            if (happened.Type == "step.suspended")
            {
                break;
            }
        }
    }
}
