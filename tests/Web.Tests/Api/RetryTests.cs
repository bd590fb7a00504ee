using System.Net;
using System.Text.Json;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Going on from a step: what was recorded before it is neither run nor paid again.</summary>
public sealed class RetryTests(WebNode node)
{
    // The person's answer and the first two calls lie before the third one, in the second branch of a parallel step.
    public const string Plan = """
        {
          "agent": "orkestron/workflow",
          "input": {
            "plan": {
              "steps": [
                { "id": "terms", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } },
                { "id": "check", "approve": { "prompt": "Use these terms?", "subject": { "$ref": "/steps/terms/keyphrases" } } },
                { "id": "both", "parallel": [
                  [ { "id": "left", "call": "orkestron/keyword-extractor", "input": { "text": "Left side of the harbour." } } ],
                  [ { "id": "right", "call": "orkestron/keyword-extractor", "input": { "text": "Right side of the harbour." } } ] ] },
                { "id": "last", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/steps/check/note" } } }
              ],
              "output": { "$ref": "/steps/last/keyphrases" }
            },
            "input": { "text": "Grid batteries store energy." }
          }
        }
        """;

    [Fact]
    public async Task Retry_FromAStep_RunsAndPaysOnlyThatStepAndWhatFollows()
    {
        using var guest = await node.GuestAsync();
        var first = await RunAsync(guest);
        var right = Assert.Single(first.Steps, step => step.Key == "2.1.0");
        var before = (await guest.WalletAsync()).Available.Micro;

        using var retried = await guest.PostAsync($"tasks/{first.Id}/retry", $$"""{"fromStep":{{right.Id}}}""", "from-right");
        var begun = await ApiClient.ReadAsync<TaskDetail>(retried, HttpStatusCode.Accepted);
        var second = await guest.GetAsync<TaskDetail>($"tasks/{begun.Id}?wait=60");

        Assert.Equal("completed", second.State);
        Assert.Equal(new StepReference(first.Id, right.Id), second.RetryOf);
        Assert.True(JsonElement.DeepEquals(first.Result!.Value, second.Result!.Value));
        var reused = second.Steps.Where(step => step.ReusedFrom is not null).Select(step => step.Key).ToArray();
        Assert.Equal(["0", "2.0.0"], reused.Order());
        Assert.All(second.Steps.Where(step => step.ReusedFrom is not null), step =>
            Assert.Equal((0, 0, "completed"), (step.Cost.Micro, step.Price.Micro, step.State)));
        Assert.True(Assert.Single(second.Steps[0].Marks, mark => mark.Kind == "question").Reused);
        var anew = second.Steps.Where(step => step.ReusedFrom is null).ToArray();
        Assert.Equal([null, "2.1.0", "3"], anew.Select(step => step.Key).Order());
        Assert.Equal(anew.Sum(step => step.Cost.Micro), second.Cost.Charged.Micro);
        Assert.Equal(second.Cost.Charged.Micro, before - (await guest.WalletAsync()).Available.Micro);
        var shared = await guest.GetAsync<ListOf<Disclosure>>($"tasks/{second.Id}/disclosures");
        Assert.Equal(anew.Select(step => step.Id), shared.Items.Select(each => each.StepId));

        var compared = await guest.GetAsync<TaskComparison>($"tasks/{first.Id}/compare/{second.Id}");
        Assert.Equal((first.Id, second.Id, 2), (compared.First.Id, compared.Second.Id, compared.Second.Reused));
        Assert.Empty(compared.Input!);
        Assert.Empty(compared.Result!);
        Assert.Equal([[], ["0"], ["2.0.0"], ["2.1.0"], ["3"]], compared.Steps.Select(step => step.Place));
        Assert.All(compared.Steps, step => Assert.Empty(step.Differences));
        using var same = await guest.Http.GetAsync(new Uri($"tasks/{first.Id}/compare/{first.Id}", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(same, 400, "invalid");
        using var stranger = await node.GuestAsync();
        using var hidden = await stranger.Http.GetAsync(
            new Uri($"tasks/{first.Id}/compare/{second.Id}", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(hidden, 404, "not_found");

        using var again = await guest.PostAsync($"tasks/{first.Id}/retry", $$"""{"fromStep":{{right.Id}}}""", "from-right");
        Assert.Equal(second.Id, (await ApiClient.ReadAsync<TaskDetail>(again, HttpStatusCode.Accepted)).Id);
    }

    [Fact]
    public async Task Retry_OfARetriedTask_TakesOverWhatThatOneTookOver()
    {
        using var guest = await node.GuestAsync();
        var first = await RunAsync(guest);
        var last = Assert.Single(first.Steps, step => step.Key == "3");
        var second = await RetryAsync(guest, first.Id, last.Id);
        var third = await RetryAsync(guest, second.Id, Assert.Single(second.Steps, step => step.Key == "3").Id);

        Assert.Equal("completed", third.State);
        Assert.Equal(3, third.Steps.Count(step => step.ReusedFrom?.TaskId == second.Id));
        Assert.Equal(third.Steps[0].Cost.Micro + third.Steps[^1].Cost.Micro, third.Cost.Charged.Micro);
    }

    [Fact]
    public async Task Retry_FromWhereItCannot_IsRefusedAndCostsNothing()
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync("tasks", Plan);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await guest.SawAsync(task.Id, "step.suspended");

        using var running = await guest.PostAsync($"tasks/{task.Id}/retry", """{"fromStep":2}""");
        await ApiClient.ProblemAsync(running, 409, "task_running");
        using var canceled = await guest.PostAsync($"tasks/{task.Id}/cancel", "");
        Assert.Equal(HttpStatusCode.OK, canceled.StatusCode);
        using var unknown = await guest.PostAsync($"tasks/{task.Id}/retry", """{"fromStep":99}""");
        Assert.Contains("no step 99", (await ApiClient.ProblemAsync(unknown, 404, "not_found")).Detail, StringComparison.Ordinal);
        using var zero = await guest.PostAsync($"tasks/{task.Id}/retry", """{"fromStep":0}""");
        await ApiClient.ProblemAsync(zero, 400, "invalid");
        using var other = await guest.PostAsync($"tasks/{task.Id}/retry", """{"from":2}""");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        using var stranger = await node.GuestAsync();
        using var foreign = await stranger.PostAsync($"tasks/{task.Id}/retry", """{"fromStep":2}""");
        await ApiClient.ProblemAsync(foreign, 404, "not_found");
        Assert.Equal(0, (await guest.WalletAsync()).Held.Micro);
    }

    private static async Task<TaskDetail> RunAsync(ApiClient guest)
    {
        using var submitted = await guest.PostAsync("tasks", Plan);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await guest.SawAsync(task.Id, "step.suspended");
        using var answered = await guest.PostAsync(
            $"tasks/{task.Id}/input", """{"input":{"decision":"approve","note":"Old stone bridges."}}""");
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var ended = await guest.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=60");
        Assert.Equal("completed", ended.State);
        return ended;
    }

    private static async Task<TaskDetail> RetryAsync(ApiClient guest, Guid taskId, int fromStep)
    {
        using var retried = await guest.PostAsync($"tasks/{taskId}/retry", $$"""{"fromStep":{{fromStep}}}""");
        var begun = await ApiClient.ReadAsync<TaskDetail>(retried, HttpStatusCode.Accepted);
        return await guest.GetAsync<TaskDetail>($"tasks/{begun.Id}?wait=60");
    }
}
