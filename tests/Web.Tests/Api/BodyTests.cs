using System.Net;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Common;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Bodies and addresses that are no good text are refused, told where, and change nothing.</summary>
public sealed class BodyTests(WebNode node)
{
    [Theory]
    [InlineData("""{"agent":"orkestron/summariser","input":{"text":"\ud83d"}}""", "#/input/text", "line 1, byte 49")]
    [InlineData("""{"agent":"orkestron/summariser","input":{"text":"\ude00\ud83d"}}""", "#/input/text", "\\ude00")]
    [InlineData("{\"agent\":\"a/b\",\n\"input\":[\"a\",{\"b\":[\"\\ud83d\\ude00\",\"x\\uD800\"]}]}", "#/input/1/b/1", "line 2, byte")]
    [InlineData("""{"agent":"a/b","input":{"x":{"\udfff":1}}}""", "#/input/x", "surrogate")]
    [InlineData("""{"agent":"\udbff","input":{}}""", "#/agent", "surrogate")]
    [InlineData("""{"agent":"a/b\u0000","input":{}}""", "#/agent", "U+0000")]
    public async Task Submit_TextThatIsNone_NamesThePlace(string body, string pointer, string says)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync("tasks", body);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal(pointer, Assert.Single(problem.Errors!).Pointer);
        Assert.Contains(says, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"\ud83d\ude00 \u00e9 \\ud83d"}""")]
    [InlineData("""{"text":"\u0000 stays, for it is content"}""")]
    public async Task Submit_EscapesThatAreText_AreTaken(string input)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync("tasks", $$"""{"agent":"{{ApiClient.Keywords}}","input":{{input}}}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("account/login")]
    [InlineData("plans/check")]
    [InlineData("tasks/0197a000-0000-7000-8000-000000000000/share")]
    public async Task Body_InAnUnknownCharset_Is415AndNamesUtf8(string path)
    {
        using var guest = await node.GuestAsync();

        using var answer = await SendAsync(guest, path, "{}"u8.ToArray(), "application/json; charset=nonsense");

        var problem = await ApiClient.ProblemAsync(answer, 415, "unsupported_media_type");
        Assert.Contains("utf-8", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("nonsense", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("application/json; charset=windows-31j")]
    public async Task Body_InACharsetNotTaken_Is415(string contentType)
    {
        using var guest = await node.GuestAsync();

        using var answer = await SendAsync(guest, "tasks", "{}"u8.ToArray(), contentType);

        await ApiClient.ProblemAsync(answer, 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    [InlineData("UTF-8")]
    public async Task Body_InAKnownCharset_KeepsItsText(string charset)
    {
        using var guest = await node.GuestAsync();
        var bytes = Encoding.GetEncoding(charset).GetBytes("""{"agent":"no/Zürich","input":{}}""");

        using var answer = await SendAsync(guest, "tasks/quote", bytes, $"application/json; charset={charset}");

        var problem = await ApiClient.ProblemAsync(answer, 404, "agent_not_found");
        Assert.Contains("Zürich", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE }, "line 1, byte 1 (0xFF)")]
    [InlineData(new byte[] { (byte)'{', (byte)'\n', (byte)'"', 0xED, 0xA0, 0xBD, (byte)'"' }, "line 2, byte 2 (0xED)")]
    [InlineData(new byte[] { (byte)'"', 0xC3, 0xA9, 0xC3 }, "line 1, byte 4 (0xC3)")]
    public async Task Body_NotUtf8_Is400AndSaysWhere(byte[] body, string place)
    {
        using var guest = await node.GuestAsync();

        using var answer = await SendAsync(guest, "tasks", body, "application/json");

        var problem = await ApiClient.ProblemAsync(answer, 400, "not_utf8");
        Assert.Contains(place, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tasks", "", "application/json")]
    [InlineData("account/login", "", "application/json")]
    [InlineData("tasks", "null", "application/json")]
    [InlineData("tasks/quote", "", null)]
    public async Task Body_Empty_SaysWhatToSend(string path, string body, string? contentType)
    {
        using var guest = await node.GuestAsync();

        using var answer = await SendAsync(guest, path, Encoding.UTF8.GetBytes(body), contentType);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Contains("Send a JSON object", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_EmptyWhereItMayBe_IsTaken()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.RunAsync("Shared without a body.");

        using var answer = await SendAsync(guest, $"tasks/{task.Id}/share", [], "application/json", chunked: true);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData(null, null)]
    [InlineData("application/json", "gzip")]
    public async Task Body_OfAnotherType_Is415(string? contentType, string? coding)
    {
        using var guest = await node.GuestAsync();

        using var answer = await SendAsync(guest, "tasks", "{}"u8.ToArray(), contentType, coding);

        await ApiClient.ProblemAsync(answer, 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("""{"agent":"a/b","input":{},"budgetTokens":1e400}""", "#/budgetTokens")]
    [InlineData("""{"agent":"a/b","input":{},"budgetTokens":99999999999999999999999999999999999999999999999999}""", "#/budgetTokens")]
    [InlineData("""{"agent":"a/b","input":{"a":1,"a":2}}""", "")]
    public async Task Submit_WhatNoFieldHolds_Is400(string body, string pointer)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync("tasks", body);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.StartsWith(pointer, Assert.Single(problem.Errors!).Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_NumbersBeyondDouble_AreNoFault()
    {
        using var guest = await node.GuestAsync();
        foreach (var number in new[] { "1e400", new string('9', 400), "-1e-400" })
        {
            using var answer = await guest.PostAsync(
                "tasks", $$"""{"agent":"{{ApiClient.Keywords}}","input":{"text":"a","maxKeyphrases":{{number}} } }""");

            await ApiClient.ProblemAsync(answer, 422, "input_invalid");
        }
    }

    [Fact]
    public async Task Body_TooDeep_SaysHowDeepItIsValidName()
    {
        using var guest = await node.GuestAsync();
        var deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));

        using var answer = await guest.PostAsync("tasks", $$"""{"agent":"a/b","input":{{deep}}}""");

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Contains("64", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agents?q=%FF", "q")]
    [InlineData("agents?q=a&skill=%ED%A0%BD", "skill")]
    [InlineData("agents?q=%00", "q")]
    [InlineData("agents/acme/%C3", "path")]
    public async Task Address_NotText_Is400AndNamesThePart(string path, string part)
    {
        using var guest = await node.GuestAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"{node.Address}api/v1/{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal(part, Assert.Single(problem.Errors!).Pointer);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF")]
    [InlineData("80000000")]
    [InlineData("zz")]
    public async Task Body_InChunksOfAnImpossibleSize_Is400(string size)
    {
        var answer = await RawHttp.SendAsync(
            node.Address,
            $"POST /api/v1/account/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tasks?after=zzz")]
    [InlineData("tasks?after=1_2")]
    [InlineData("wallet/entries?after=zzz")]
    [InlineData("wallet/entries?after=w.1_zz")]
    [InlineData("artifacts?after=zzz")]
    [InlineData("artifacts?after=f.0")]
    [InlineData("agents?after=zzz")]
    [InlineData("agents?after=-1")]
    [InlineData("tasks/0197a000-0000-7000-8000-000000000000/ledger?after=zzz")]
    [InlineData("tasks/0197a000-0000-7000-8000-000000000000/disclosures?after=l.1")]
    [InlineData("tasks/0197a000-0000-7000-8000-000000000000/messages?after=zzz")]
    public async Task List_AfterWhatIsNoCursor_Is400(string path)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.Http.GetAsync(new Uri(path, UriKind.Relative), ApiClient.Stop);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal("after", Assert.Single(problem.Errors!).Pointer);
    }

    [Fact]
    public async Task List_AfterTheCursorOfAnother_Is400()
    {
        using var guest = await node.GuestAsync();
        for (var i = 0; i < 2; i++)
        {
            await guest.RunAsync($"Run {i}.");
            await guest.UploadAsync(Encoding.UTF8.GetBytes($"File {i}."));
        }

        string[] lists = ["tasks", "wallet/entries", "artifacts", "agents"];
        foreach (var list in lists)
        {
            var next = (await guest.GetAsync<ListOf<object>>($"{list}?limit=1")).Next!;
            Assert.NotEmpty((await guest.GetAsync<ListOf<object>>($"{list}?limit=1&after={next}")).Items);
            foreach (var other in lists.Where(other => other != list))
            {
                using var answer = await guest.Http.GetAsync(new Uri($"{other}?after={next}", UriKind.Relative), ApiClient.Stop);
                await ApiClient.ProblemAsync(answer, 400, "invalid");
            }
        }
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("disclosures")]
    public async Task List_OfATaskInPages_HasEachItemOnceInOrder(string list)
    {
        using var guest = await node.GuestAsync();
        var task = await guest.SettledAsync(ApiClient.Research);
        var whole = (await guest.GetAsync<ListOf<JsonElement>>($"tasks/{task.Id}/{list}")).Items;
        var paged = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await guest.GetAsync<ListOf<JsonElement>>($"tasks/{task.Id}/{list}?limit=1{(next is null ? "" : $"&after={next}")}");
            Assert.Single(page.Items);
            paged.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);

        Assert.True(whole.Count > 1);
        Assert.Equal(whole.Select(static each => each.GetRawText()), paged.Select(static each => each.GetRawText()));
    }

    [Theory]
    [InlineData("DELETE", "tasks")]
    [InlineData("OPTIONS", "tasks")]
    [InlineData("HEAD", "wallet")]
    [InlineData("FOO", "agents")]
    public async Task Method_ThatIsNotForTheAddress_Is405AndNamesThoseThatAre(string method, string path)
    {
        using var guest = await node.GuestAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await guest.Http.SendAsync(request, ApiClient.Stop);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("GET", answer.Content.Headers.Allow);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("\u00e9")]
    [InlineData("tab\there")]
    public async Task Submit_KeyThatIsNoHeaderText_IsRefused(string key)
    {
        using var guest = await node.GuestAsync();
        var body = $$"""{"agent":"{{ApiClient.Keywords}}","input":{"text":"One."} }""";

        var answer = await RawHttp.SendAsync(
            node.Address,
            $"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer {(await guest.CreateKeyAsync("write")).Key}\r\nIdempotency-Key: {key}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", answer, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(
        ApiClient client, string path, byte[] body, string? contentType, string? coding = null, bool chunked = false)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (coding is not null)
        {
            content.Headers.ContentEncoding.Add(coding);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        return client.Http.SendAsync(request, ApiClient.Stop);
    }
}
