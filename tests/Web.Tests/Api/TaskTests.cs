using System.Net;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Wallets;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>The good path of tasks, and who may touch them.</summary>
public sealed class TaskTests(WebNode node)
{
    [Fact]
    public async Task Task_OfANewGuest_CompletesAndIsChargedExactly()
    {
        using var guest = await node.GuestAsync();
        var before = await guest.WalletAsync();

        var task = await guest.RunAsync("Battery storage parks need grid frequency response.");

        Assert.Equal("completed", task.State);
        Assert.NotEmpty(task.Result!.Value.GetProperty("keyphrases").EnumerateArray());
        Assert.Equal(("0.011", "0.011", "0", true), (
            task.Cost.Held.ToString(), task.Cost.Charged.ToString(), task.Cost.Refunded.ToString(), task.Cost.Settled));
        var after = await guest.WalletAsync();
        Assert.Equal(11_000, before.Available.Micro - after.Available.Micro);
        Assert.Equal(0, after.Held.Micro);
    }

    [Theory]
    [InlineData("const a = []; while (true) a.push(new Array(1000).fill(0));", "out_of_memory")]
    [InlineData("return new Promise(() => {});", "script_timeout")]
    public async Task Task_WhoseProcessIsEnded_SaysWhyAndCostsNothing(string body, string code)
    {
        using var guest = await node.GuestAsync();
        var before = await guest.WalletAsync();

        var task = await guest.SettledAsync(
            new { agent = "orkestron/javascript-sandbox", input = new { code = $"function main() {{ {body} }}" } });

        Assert.Equal(("rejected", code), (task.State, task.FailureCode));
        Assert.Equal(("0", true), (task.Cost.Charged.ToString(), task.Cost.Settled));
        var after = await guest.WalletAsync();
        Assert.Equal((before.Available.Micro, 0L), (after.Available.Micro, after.Held.Micro));
    }

    [Fact]
    public async Task Get_Waiting_AnswersOnceSettled()
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync(
            "tasks", """{"agent":"orkestron/keyword-extractor","input":{"text":"Answer when it is done."}}""");
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);

        var ended = await guest.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=30");

        Assert.Equal(("completed", true), (ended.State, ended.Cost.Settled));
        using var tooLong = await guest.Http.GetAsync(
            new Uri($"tasks/{task.Id}?wait=61", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
    }

    [Fact]
    public async Task Post_Waiting_AnswersOnceSettled_AndTheSameWhenSentAgain()
    {
        using var guest = await node.GuestAsync();
        const string Body = """{"agent":"orkestron/keyword-extractor","input":{"text":"Answer when it is done."}}""";

        using var first = await guest.PostAsync("tasks?wait=30", Body, "waits");
        using var again = await guest.PostAsync("tasks?wait=30", Body, "waits");
        using var asking = await guest.PostAsync(
            "tasks?wait=1", """{"agent":"orkestron/workflow","input":{"plan":{"steps":[{"id":"w","wait":{"seconds":600}}]}}}""");
        using var tooLong = await guest.PostAsync("tasks?wait=61", Body);

        var ended = await ApiClient.ReadAsync<TaskDetail>(first, HttpStatusCode.OK);
        Assert.Equal(("completed", true), (ended.State, ended.Cost.Settled));
        Assert.Equal(ended.Id, (await ApiClient.ReadAsync<TaskDetail>(again, HttpStatusCode.OK)).Id);
        var open = await ApiClient.ReadAsync<TaskDetail>(asking, HttpStatusCode.Accepted);
        Assert.Equal($"/api/v1/tasks/{open.Id}", asking.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        await guest.PostAsync($"tasks/{open.Id}/cancel", "");
    }

    [Fact]
    public async Task Ledger_OfATask_ShowsHoldAndCaptureThatSumToZero()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Ledger entries sum to zero.");

        var ledger = await guest.GetAsync<ListOf<WalletEntry>>($"tasks/{task.Id}/ledger");

        Assert.Equal(["hold", "capture"], ledger.Items.Select(entry => entry.Kind));
        Assert.All(ledger.Items, entry => Assert.Equal(0, entry.Postings.Sum(posting => posting.Amount.Micro)));
        var all = await guest.GetAsync<ListOf<WalletEntry>>("wallet/entries");
        Assert.Equal(["capture", "hold", "issue"], all.Items.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task Submit_SameKeySameRequest_IsTheSameTaskChargedOnce()
    {
        using var guest = await node.GuestAsync();
        using var first = await guest.PostAsync(
            "tasks", """{"agent":"orkestron/keyword-extractor","input":{"text":"Once."}}""", "once");
        // Blanks and escapes are no other request.
        using var second = await guest.PostAsync(
            "tasks", """{ "input": { "text": "\u004fnce." }, "agent": "orkestron/keyword-extractor" }""", "once");

        var one = await ApiClient.ReadAsync<TaskDetail>(first, HttpStatusCode.Accepted);
        var two = await ApiClient.ReadAsync<TaskDetail>(second, HttpStatusCode.Accepted);

        Assert.Equal(one.Id, two.Id);
        Assert.Equal($"/api/v1/tasks/{one.Id}", first.Headers.Location?.ToString());
        Assert.Single((await guest.GetAsync<ListOf<TaskListItem>>("tasks")).Items);
    }

    [Fact]
    public async Task Submit_SameKeyOfAnotherUser_IsAnotherTask()
    {
        using var anna = await node.GuestAsync();
        using var ben = await node.GuestAsync();
        using var first = await anna.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "A." } }, "k");
        using var second = await ben.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "B." } }, "k");

        var one = await ApiClient.ReadAsync<TaskDetail>(first, HttpStatusCode.Accepted);
        var two = await ApiClient.ReadAsync<TaskDetail>(second, HttpStatusCode.Accepted);

        Assert.NotEqual(one.Id, two.Id);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/retry")]
    [InlineData("POST", "/share")]
    [InlineData("DELETE", "/share")]
    [InlineData("GET", "/ledger")]
    [InlineData("GET", "/events")]
    public async Task Task_OfAnotherUser_DoesNotExist(string method, string path)
    {
        using var owner = await node.GuestAsync();
        using var stranger = await node.GuestAsync();
        var task = await owner.RunAsync("Mine.");

        using var request = new HttpRequestMessage(new HttpMethod(method), $"tasks/{task.Id}{path}");
        using var answer = await stranger.Http.SendAsync(request, ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, 404, "not_found");
    }

    [Fact]
    public async Task Cancel_OfAnEndedTask_IsRefused()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Over.");

        using var answer = await guest.PostAsync($"tasks/{task.Id}/cancel", "");

        await ApiClient.ProblemAsync(answer, 409, "task_ended");
    }

    [Fact]
    public async Task Retry_Always_RunsTheSameInputAsANewTask()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Again.");

        using var answer = await guest.PostAsync($"tasks/{task.Id}/retry", "", "again");

        var next = await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);
        Assert.NotEqual(task.Id, next.Id);
        Assert.Equal("Again.", next.Input!.Value.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Quote_Always_IsWhatTheTaskThenHolds()
    {
        using var guest = await node.GuestAsync();
        var text = new string('ä', 600);
        using var quoted = await guest.PostAsync("tasks/quote", $$$"""{"agent":"{{{ApiClient.Keywords}}}","input":{"text":"{{{text}}}"}}""");

        var quote = await ApiClient.ReadAsync<TaskQuote>(quoted, HttpStatusCode.OK);
        var task = await guest.RunAsync(text);

        // 1,211 bytes: 600 letters of two bytes and the frame; two begun thousands.
        Assert.Equal((1_211, "0.012", "0"), (quote.InputBytes, quote.Held.ToString(), quote.Missing.ToString()));
        Assert.Equal(quote.Held, task.Cost.Held);
    }

    [Fact]
    public async Task List_InPages_GivesEveryTaskOnceNewestFirst()
    {
        using var guest = await node.GuestAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await guest.RunAsync($"Number {i}.")).Id);
        }

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await guest.GetAsync<ListOf<TaskListItem>>($"tasks?limit=2&state=completed&after={after}");
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items.Select(task => task.Id));
            after = page.Next;
        }
        while (after is not null);

        ids.Reverse();
        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task Share_UntilWithdrawn_ShowsTheTaskToAnyone()
    {
        using var guest = await node.GuestAsync();
        using var visitor = node.Visitor();
        var task = await guest.RunAsync("Look at this.");
        using var shared = await guest.PostAsync($"tasks/{task.Id}/share", "{}");
        var link = await ApiClient.ReadAsync<ShareLink>(shared, HttpStatusCode.Created);

        var seen = await visitor.GetAsync<TaskDetail>($"shared/{link.Token}");
        using var withdrawn = await guest.Http.DeleteAsync(new Uri($"tasks/{task.Id}/share", UriKind.Relative), ApiClient.Stop);
        using var gone = await visitor.Http.GetAsync(new Uri($"shared/{link.Token}", UriKind.Relative), ApiClient.Stop);

        Assert.Equal(task.Id, seen.Id);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await ApiClient.ProblemAsync(gone, 404, "share_not_found");
    }
}
