using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts;
using Orkestron.Contracts.Providers;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Web.Features.Providers;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Contents on their whole way: a number has the digits it was sent with, and half a character ends a step clearly.</summary>
public sealed class ExactContentTests(HttpNode node)
{
    private const string Numbers =
        "[12345678901234567.89,1.10,1e400,-0.0,0.1000,123456789012345678901234567890,1E+2,0.30000000000000004,5e-324]";

    [Fact]
    public async Task Numbers_ThroughAPlanAnEndpointAndThePages_KeepTheirDigits()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        using var published = await provider.Client.Http.PutAsJsonAsync($"agents/{provider.Name}/numbers", new
        {
            version = "1.0.0",
            title = "Numbers",
            summary = "Says the numbers it was told.",
            country = "DE",
            endpoint = new Uri(peer.Address, "/numbers").ToString(),
            timeoutSeconds = 60,
            price = new { perCall = "0.01", perThousandCharacters = "0", callBudget = "0" },
            inputSchema = JsonElement.Parse("""{"type":"object","properties":{"numbers":{"type":"array"}}}"""),
            outputSchema = JsonElement.Parse("""{"type":"object","properties":{"numbers":{"type":"array"}}}"""),
            examples = new[] { new { title = "One", input = new { numbers = new[] { 1 } } } },
        }, ApiClient.Stop);
        await ApiClient.ReadAsync<JsonElement>(published, HttpStatusCode.OK);
        peer.Answer = (context, call) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(call.Json.GetProperty("input").GetRawText());
        };

        using var submitted = await provider.Client.PostAsync("tasks", $$"""
            { "agent": "orkestron/workflow", "input": {
              "plan": {
                "steps": [{ "id": "say", "call": "{{provider.Name}}/numbers", "input": { "numbers": { "$ref": "/input/numbers" } } }],
                "output": { "said": { "$ref": "/steps/say/numbers" }, "told": { "$ref": "/input/numbers" }, "text": { "$text": [{ "$ref": "/input/numbers/0" }] } }
              },
              "input": { "numbers": {{Numbers}} } } }
            """);
        var task = await provider.SettledAsync((await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted)).Id);

        Assert.True(task.State == "completed", task.StatusMessage);
        Assert.Contains(
            $"\"numbers\":{Numbers}", System.Text.Encoding.UTF8.GetString(Assert.Single(peer.Calls).Body), StringComparison.Ordinal);
        var result = task.Result!.Value.GetProperty("result");
        Assert.Equal(Numbers, result.GetProperty("said").GetRawText());
        Assert.Equal(Numbers, result.GetProperty("told").GetRawText());
        Assert.Equal("12345678901234567.89", result.GetProperty("text").GetString());
        var raw = await provider.Client.Http.GetStringAsync(new Uri($"tasks/{task.Id}", UriKind.Relative), ApiClient.Stop);
        Assert.Contains($"\"numbers\":{Numbers}", raw, StringComparison.Ordinal);

        var page = await provider.Client.Http.GetStringAsync(new Uri(node.Node.Address, $"/tasks/{task.Id}"), ApiClient.Stop);
        Assert.All(Numbers.Trim('[', ']').Split(','), number =>
            Assert.Contains(
                $">{WebUtility.HtmlEncode(number).Replace("+", "&#x2B;", StringComparison.Ordinal)}<", page, StringComparison.Ordinal));

        using var again = await provider.Client.PostAsync($"tasks/{task.Id}/retry", "{}");
        var second = await provider.SettledAsync((await ApiClient.ReadAsync<TaskDetail>(again, HttpStatusCode.Accepted)).Id);
        Assert.Equal(task.Result.Value.GetRawText(), second.Result!.Value.GetRawText());
    }

    [Fact]
    public async Task Callback_WithHalfACharacter_IsRefusedAndTheStepGoesOn()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        };
        var task = await provider.SubmitAsync();
        var callback = (await provider.CalledAsync()).Json.GetProperty("callback").GetString()!;

        using var http = new HttpClient();
        using var half = await http.PostAsync(
            new Uri(callback),
            new StringContent(
                """{"type":"result","output":{"text":"\ud83d"}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
            ApiClient.Stop);
        var problem = await ApiClient.ProblemAsync(half, 400, "invalid");
        Assert.Contains("In '/output/text': The text has half of a surrogate pair", problem.Detail, StringComparison.Ordinal);

        using var whole = await HttpProvider.TellAsync(callback, new { type = "result", output = new { text = "😀" } });
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal("😀", (await provider.SettledAsync(task.Id)).Result!.Value.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("""{"text":"\ud83d"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""["\ud83d\ud83d\ude00"]""")]
    public void Answer_OfAProcessWithHalfACharacter_IsAFailure(string output)
    {
        var ticket = new StepTicket("p/a", new StepKey(Guid.NewGuid(), 1, 1, 1), DateTimeOffset.UnixEpoch);

        var answered = new StepAnswer("", JsonElement.Parse(output), null).ToResult(ticket, 1_000);

        Assert.Equal(("output_invalid", false), (answered.Failure?.Code, answered.Failure?.Retryable));
        Assert.Null(answered.Output);
    }

    [Theory]
    [InlineData("""{"n":12345678901234567.89}""")]
    [InlineData("""[1.10,1e400,-0.0]""")]
    [InlineData("""{"n":[0.1000,5e-324]}""")]
    public void Answer_OfAProcess_KeepsItsDigits(string output)
    {
        var ticket = new StepTicket("p/a", new StepKey(Guid.NewGuid(), 1, 1, 1), DateTimeOffset.UnixEpoch);

        Assert.Equal(output, new StepAnswer("", JsonElement.Parse(output), null).ToResult(ticket, 1_000).Output?.ToString());
    }

    [Theory]
    [InlineData(JsonText.MaxAnswerDepth, false)]
    [InlineData(JsonText.MaxAnswerDepth + 1, true)]
    [InlineData(2_000, true)]
    public void Answer_NestedDeeperThanAMessageTakes_IsKnown(int depth, bool tooDeep)
    {
        using var deep = JsonDocument.Parse(new string('[', depth) + new string(']', depth), new JsonDocumentOptions { MaxDepth = 3_000 });

        Assert.Equal(tooDeep, JsonText.IsTooDeep(deep.RootElement));
    }
}
