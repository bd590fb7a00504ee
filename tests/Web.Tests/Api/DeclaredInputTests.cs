using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;
using Orkestron.Web.Tests.Pages;

namespace Orkestron.Web.Tests.Api;

/// <summary>Over HTTP: an agent gets what its schema declares, the answer names the rest, and any number is taken or refused.</summary>
public sealed class DeclaredInputTests(WebNode node)
{
    private const string Open = """{"type":"object","required":["text"],"properties":{"text":{"type":"string"},"n":{"type":"number","minimum":0}}}""";

    [Fact]
    public async Task Task_WithAMemberThatIsNotDeclared_RunsWithoutItAndSaysSo()
    {
        using var maker = await node.GuestAsync();
        var inner = await PublishAsync(
            maker, Open, """{"text":"Grid batteries."}""", "orkestron/keyword-extractor", """{"text":{"$ref":"/input/text"}}""");
        var outer = await PublishAsync(maker, Open, """{"text":"Grid batteries."}""", inner, """{"text":{"$ref":"/input/text"},"note":"not declared"}""");

        using var submitted = await maker.SubmitAsync(
            new { agent = outer, input = new { text = "Grid batteries store energy.", ssn = "078-05-1120" } }, "declared-1");
        var body = await submitted.Content.ReadAsStringAsync(ApiClient.Stop);
        var task = JsonSerializer.Deserialize<TaskDetail>(body, JsonSerializerOptions.Web)!;
        using var again = await maker.SubmitAsync(
            new { agent = outer, input = new { text = "Grid batteries store energy.", ssn = "078-05-1120" } }, "declared-1");
        var ended = await maker.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=30");

        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
        Assert.Equal(["/ssn"], task.DroppedMembers!);
        Assert.DoesNotContain("078-05-1120", body, StringComparison.Ordinal);
        Assert.Equal("""{"text":"Grid batteries store energy."}""", ended.Input!.Value.GetRawText());
        Assert.Equal(task.Id, (await ApiClient.ReadAsync<TaskDetail>(again, again.StatusCode)).Id);
        Assert.Equal("completed", ended.State);
        Assert.Equal(["/note"], ended.Steps.Single(step => step.Agent == inner).DroppedMembers!);
        Assert.Equal("""{"text":"Grid batteries store energy."}""", ended.Steps.Single(step => step.Agent == inner).Input!.Value.GetRawText());
        Assert.Null(ended.Steps.Single(step => step.Agent == "orkestron/keyword-extractor").DroppedMembers);
        var page = Told(await maker.Http.GetStringAsync(new Uri(node.Address, $"/tasks/{task.Id}"), ApiClient.Stop));
        Assert.Contains("ssn was left out: the agent's schema does not declare it.", page, StringComparison.Ordinal);
        Assert.Contains("Of what its caller sent, note was left out: the agent's schema does not declare it.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithMembersThatAreNotDeclared_SaysSoBeforeAndAfterItIsSent()
    {
        using var maker = await node.GuestAsync();
        var agent = await PublishAsync(
            maker, Open, """{"text":"Grid batteries."}""", "orkestron/keyword-extractor", """{"text":{"$ref":"/input/text"}}""");
        var form = await PageForm.GetAsync(maker, node.Address, $"agents/{agent}");
        var raw = await (await form.PressAsync("to-raw")).With(("raw", """{"text":"Grid batteries.","ssn":"1","a/b":2}""")).PressAsync("quote");
        var task = await raw.PressAsync("run");

        Assert.Contains("ssn, a/b are not passed on: the agent's schema does not declare them.", Told(raw.Document.DocumentElement.OuterHtml), StringComparison.Ordinal);
        Assert.StartsWith("/tasks/", task.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("ssn, a/b were left out: the agent's schema does not declare them.", Told(task.Document.DocumentElement.OuterHtml), StringComparison.Ordinal);
    }

    private static string Told(string html) => Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]+>", "")), @"\s+", " ");

    [Theory]
    [InlineData("1e30", HttpStatusCode.Accepted)]
    [InlineData("1e400", HttpStatusCode.Accepted)]
    [InlineData("-1e400", HttpStatusCode.UnprocessableEntity)]
    [InlineData("-0.00000000000000000000000000000000000001", HttpStatusCode.UnprocessableEntity)]
    public async Task Number_OfAnySize_IsHeldAgainstTheSchema(string number, HttpStatusCode status)
    {
        using var maker = await node.GuestAsync();
        var agent = await PublishAsync(
            maker, Open, """{"text":"Grid batteries."}""", "orkestron/keyword-extractor", """{"text":{"$ref":"/input/text"}}""");

        using var answer = await maker.PostAsync("tasks", $$$"""{"agent":"{{{agent}}}","input":{"text":"x","n":{{{number}}} } }""");

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.UnprocessableEntity)
        {
            Assert.Contains("N: Enter 0 or more.", await answer.Content.ReadAsStringAsync(ApiClient.Stop), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Integer_WrittenWithAPoint_IsTakenByTheAgent()
    {
        using var guest = await node.GuestAsync();
        using var answer = await guest.PostAsync("tasks", """{"agent":"orkestron/summariser","input":{"text":"It rains. It pours.","sentences":2.0}}""");
        var task = await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);

        Assert.Equal("completed", (await guest.GetAsync<TaskDetail>($"tasks/{task.Id}?wait=30")).State);
    }

    internal static async Task<string> PublishAsync(ApiClient maker, string schema, string example, string calls, string input)
    {
        var name = $"d-{Guid.NewGuid():N}"[..20] + "/declared";
        var body = $$"""
            { "version": "1.0.0", "title": "Declared", "summary": "A test.", "country": "DE", "inputSchema": {{schema}},
              "examples": [ { "title": "One", "input": {{example}} } ],
              "price": { "perCall": "0", "perThousandCharacters": "0", "callBudget": "1" },
              "plan": { "steps": [ { "id": "a", "call": "{{calls}}", "input": {{input}} } ] } }
            """;
        using var answer = await maker.Http.PutAsync(
            new Uri($"agents/{name}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), ApiClient.Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ApiClient.Stop));
        return name;
    }
}
