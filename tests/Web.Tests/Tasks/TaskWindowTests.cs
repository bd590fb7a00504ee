using System.Net;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Tasks;

/// <summary>An answer that tells a task has so many steps and so many bytes, and says where the rest is.</summary>
public sealed class TaskWindowTests(WebNode node)
{
    private const string Plan = """
        { "agent": "orkestron/workflow", "input": { "input": { "text": "Grid batteries store energy." }, "plan": {
            "steps": [ { "id": "m", "map": { "over": [1, 2, 3, 4], "do": [
              { "id": "k", "call": "orkestron/keyword-extractor", "input": { "text": { "$ref": "/input/text" } } } ] } } ] } } }
        """;

    [Theory]
    [InlineData(1_000, "result input 2i 2o 3i 3o", "")]
    [InlineData(60, "result input 2i 2o 3i", "3o")]
    [InlineData(25, "result input", "2i 2o 3i 3o")]
    [InlineData(12, "result", "input 2i 2o 3i 3o")]
    [InlineData(0, "result", "input 2i 2o 3i 3o")]
    public void Values_StandInTheAnswerWhileThereIsRoom_TheResultAlways(int room, string inPlace, string byReference)
    {
        var detail = Task(2).ToDetail(new TaskWindow("/t", 0, 10, room));

        var values = new List<(string Name, bool Here, ValueReference? Reference)>
        {
            ("result", detail.Result is not null, null),
            ("input", detail.Input is not null, detail.InputRef),
        };
        values.AddRange(detail.Steps.Skip(1).SelectMany(static step => new[]
        {
            ($"{step.Id}i", step.Input is not null, step.InputRef), ($"{step.Id}o", step.Output is not null, step.OutputRef),
        }));
        Assert.Equal(inPlace, string.Join(' ', values.Where(static each => each.Here).Select(static each => each.Name)));
        Assert.Equal(
            byReference, string.Join(' ', values.Where(static each => each.Reference is not null).Select(static each => each.Name)));
        Assert.All(values, static each => Assert.NotEqual(each.Here, each.Reference is not null));
        Assert.All(values.Select(static each => each.Reference).OfType<ValueReference>(), static each => Assert.Equal(12, each.Bytes));
    }

    [Theory]
    [InlineData(0, 10, "1 2 3", null)]
    [InlineData(0, 2, "1 2", 2)]
    [InlineData(2, 2, "3", null)]
    [InlineData(0, 3, "1 2 3", null)]
    [InlineData(9, 2, "", null)]
    [InlineData(2_147_483_647, 2_147_483_647, "", null)]
    public void Steps_AreAPage_ThatSaysWhereTheNextBegins(int after, int limit, string steps, int? next)
    {
        var detail = Task(2).ToDetail(new TaskWindow("/t", after, limit, 1_000));

        Assert.Equal((steps, next), (string.Join(' ', detail.Steps.Select(static step => step.Id)), detail.StepsNext));
    }

    [Fact]
    public async Task Get_OfATaskInPages_HasEachStepOnce_AndItsValuesByThemselves()
    {
        using var guest = await node.GuestAsync();
        var whole = await guest.SettledAsync(JsonElement.Parse(Plan));
        Assert.Equal((5, (int?)null), (whole.Steps.Count, whole.StepsNext));

        var found = new List<int>();
        for (int? after = 0; after is not null;)
        {
            var page = await guest.GetAsync<TaskDetail>($"tasks/{whole.Id}?stepsLimit=2&stepsAfter={after}");
            Assert.True(page.Steps.Count <= 2);
            found.AddRange(page.Steps.Select(static step => step.Id));
            after = page.StepsNext;
        }

        Assert.Equal(whole.Steps.Select(static step => step.Id), found);
        Assert.Equal(whole.Steps[2].Output.ToString(), (await guest.GetAsync<JsonElement>($"tasks/{whole.Id}/steps/3/output")).ToString());
        Assert.Equal(whole.Steps[2].Input.ToString(), (await guest.GetAsync<JsonElement>($"tasks/{whole.Id}/steps/3/input")).ToString());
        Assert.Equal(whole.Result.ToString(), (await guest.GetAsync<JsonElement>($"tasks/{whole.Id}/steps/1/output")).ToString());
        Assert.Equal(whole.Input.ToString(), (await guest.GetAsync<JsonElement>($"tasks/{whole.Id}/steps/1/input")).ToString());
    }

    [Fact]
    public async Task Values_OfAShare_AreReadByItsToken_AndOfAnotherUserByNobody()
    {
        using var guest = await node.GuestAsync();
        using var stranger = await node.GuestAsync();
        var task = await guest.RunAsync("Shared values.");
        using var shared = await guest.PostAsync($"tasks/{task.Id}/share", "{}");
        var link = await ApiClient.ReadAsync<ShareLink>(shared, HttpStatusCode.Created);
        using var visitor = node.Visitor();

        Assert.Equal(
            "Shared values.", (await visitor.GetAsync<JsonElement>($"shared/{link.Token}/steps/1/input")).GetProperty("text").GetString());
        Assert.Equal(task.Result.ToString(), (await visitor.GetAsync<JsonElement>($"shared/{link.Token}/steps/1/output")).ToString());
        Assert.Single((await visitor.GetAsync<TaskDetail>($"shared/{link.Token}?stepsLimit=1")).Steps);
        using var foreign = await stranger.Http.GetAsync(new Uri($"tasks/{task.Id}/steps/1/input", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(foreign, 404, "not_found");
    }

    [Theory]
    [InlineData("steps/2/input", 404, "not_found", "The task has no step 2: its steps are 1 to 1.")]
    [InlineData("steps/0/output", 404, "not_found", "The task has no step 0: its steps are 1 to 1.")]
    [InlineData("?stepsLimit=0", 400, "invalid", "stepsLimit: A page has 1 to 1000 steps.")]
    [InlineData("?stepsAfter=-1", 400, "invalid", "stepsAfter: Send the 'stepsNext' of the previous page: a step number of 0 or more.")]
    public async Task Get_OfWhatIsNotThere_SaysSo(string path, int status, string code, string detail)
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("One step.");

        using var answer = await guest.Http.GetAsync(
            new Uri($"tasks/{task.Id}{(path[0] == '?' ? "" : "/")}{path}", UriKind.Relative), ApiClient.Stop);

        Assert.Equal(detail, (await ApiClient.ProblemAsync(answer, status, code)).Detail);
    }

    // Each value has 12 bytes; so has the result.
    private static TaskView Task(int calls)
    {
        var value = Payload.Of("\"0123456789\"");
        return new TaskView
        {
            Id = Guid.NewGuid(),
            UserId = Guid.NewGuid(),
            Agent = "aa/b",
            AgentVersion = "1.0.0",
            State = TaskState.Completed,
            Input = value,
            Result = value,
            Steps =
            [
                Step(1, null),
                .. Enumerable.Range(2, calls).Select(id => Step(id, value)),
            ],
        };

        static StepView Step(int id, Payload? value) => new()
        {
            Id = id,
            Agent = "aa/b",
            AgentVersion = "1.0.0",
            State = StepState.Completed,
            Input = value,
            Output = value,
        };
    }
}
