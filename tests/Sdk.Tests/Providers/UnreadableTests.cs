using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Tests.Hosting;

namespace Orkestron.Sdk.Tests.Providers;

/// <summary>
/// Messages of processes in other languages that cannot be read or kept: the step ends with a clear refusal, its process is told
/// why, and the connection stays.
/// </summary>
public sealed class UnreadableTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"value":"\ud83d"}""", "output_invalid", "In '/value': The text has half of a surrogate pair")]
    [InlineData("""{"value":"x","\udc00":1}""", "output_invalid", "has half of a surrogate pair")]
    [InlineData("""{"value":"x","deep":DEEP}""", "output_invalid", "nested more than 62 deep")]
    [InlineData("""{"value":NaN}""", "output_invalid", "NaN and Infinity are no JSON")]
    [InlineData("""{"value":"x","n":-Infinity}""", "output_invalid", "NaN and Infinity are no JSON")]
    [InlineData("""{"value":"HUGE"}""", "output_invalid", "more than 4,194,304 bytes")]
    [InlineData("""{"value":"x","n":1e400}""", null, null)]
    [InlineData("""{"value":"\ud83d\ude00"}""", null, null)]
    public async Task Answer_ThatCannotBeTaken_EndsTheStepAndTellsItsProcess(string output, string? code, string? says)
    {
        output = output.Replace("DEEP", new string('[', 70) + new string(']', 70), StringComparison.Ordinal)
            .Replace("HUGE", new string('x', 4_500_000), StringComparison.Ordinal);
        using var account = await platform.GuestAsync();
        using var process = await RawProcess.ServeAsync(platform, account);
        using var client = await account.ClientAsync();
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var step = (await process.NextAsync("Begin")).GetProperty("arguments")[0];

        var ticket = step.GetProperty("ticket").GetString();
        await process.SendAsync($$"""{"type":1,"invocationId":"a","target":"Answer","arguments":[{"ticket":"{{ticket}}","output":{{output}}}]}""");
        var told = await process.CompletionAsync("a");
        var ended = await task.WaitAsync(Stop);
        await process.SendAsync("""{"type":1,"invocationId":"b","target":"HandBack","arguments":["no ticket"]}""");
        var after = await process.CompletionAsync("b");

        Assert.Equal((code is null ? "completed" : "failed", code), (ended.State, ended.FailureCode));
        Assert.Contains("invalid: ", after.GetProperty("error").GetString(), StringComparison.Ordinal);
        if (code is not null)
        {
            Assert.Contains(says!, ended.StatusMessage, StringComparison.Ordinal);
            Assert.Contains(says!, told.GetProperty("result").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", ended.StatusMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Asks_ThatCannotBeTaken_AreRefusedWithTheReason()
    {
        using var account = await platform.GuestAsync();
        using var process = await RawProcess.ServeAsync(platform, account);
        using var client = await account.ClientAsync();
        var task = await client.RunAsync($"{account.Provider}/work", new { value = "x" }, null, Stop);
        var ticket = (await process.NextAsync("Begin")).GetProperty("arguments")[0].GetProperty("ticket").GetString();
        var deep = new string('[', 70) + new string(']', 70);

        await process.SendAsync($$$"""{"type":1,"invocationId":"v","target":"Mark","arguments":[{"ticket":"{{{ticket}}}","key":"0","kind":"value","content":{"a":"\ud83d"}}]}""");
        var value = await process.CompletionAsync("v");
        await process.SendAsync($$$"""{"type":1,"invocationId":"q","target":"Mark","arguments":[{"ticket":"{{{ticket}}}","key":"1","kind":"question","content":{"prompt":"?","schema":{"enum":["\udfff"]} } }]}""");
        var question = await process.CompletionAsync("q");
        await process.SendAsync($$"""{"type":1,"invocationId":"d","target":"Mark","arguments":[{"ticket":"{{ticket}}","key":"2","kind":"value","content":{{deep}}}]}""");
        var depth = await process.CompletionAsync("d");
        await process.SendAsync($$$"""{"type":1,"invocationId":"c","target":"Call","arguments":[{"ticket":"{{{ticket}}}","key":"3","agent":"orkestron/summariser","input":{"text":"\ud83d"}}]}""");
        var call = await process.CompletionAsync("c");
        await process.SendAsync($$$"""{"type":1,"invocationId":"a","target":"Answer","arguments":[{"ticket":"{{{ticket}}}","output":{"value":"fine"} }]}""");
        var ended = await task.WaitAsync(Stop);

        Assert.All(new[] { value, question, call }, static refused => Assert.Contains(
            "half of a surrogate pair", refused.GetProperty("error").GetString(), StringComparison.Ordinal));
        Assert.Contains("invalid: It is nested more than 62 deep", depth.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("completed", ended.State);
    }

    /// <summary>A provider's process that writes its messages itself.</summary>
    private sealed class RawProcess(ClientWebSocket socket) : IDisposable
    {
        private readonly List<JsonElement> _seen = [];
        private readonly MemoryStream _rest = new();

        public static async Task<RawProcess> ServeAsync(Platform platform, Account account)
        {
            var schema = JsonSerializer.SerializeToElement(new
            {
                type = "object",
                properties = new { value = new { type = "string" } },
                required = new[] { "value" },
            });
            using var published = await HostileTests.PublishAsync(account, schema);
            published.EnsureSuccessStatusCode();
            var socket = new ClientWebSocket();
            var key = (await account.KeyAsync("publish")).Key;
            var address = new UriBuilder(new Uri(platform.Address, "/hubs/provider")) { Scheme = "ws", Query = $"access_token={key}" };
            await socket.ConnectAsync(address.Uri, Stop);
            var process = new RawProcess(socket);
            await process.SendAsync("""{"protocol":"json","version":1}""");
            await process.SendAsync($$$"""
                {"type":1,"invocationId":"0","target":"Announce","arguments":[{"processId":"{{{Guid.NewGuid():N}}}","session":1,
                 "agents":[{"agent":"{{{account.Provider}}}/work","version":"1.0.0","capacity":4}],"running":[]}]}
                """);
            await process.CompletionAsync("0");
            return process;
        }

        public Task SendAsync(string message) => socket.SendAsync(
            Encoding.UTF8.GetBytes(message + (char)0x1E), WebSocketMessageType.Text, true, Stop);

        public Task<JsonElement> NextAsync(string target) => NextAsync(each =>
            each.TryGetProperty("target", out var said) && said.GetString() == target);

        public Task<JsonElement> CompletionAsync(string id) => NextAsync(each =>
            each.TryGetProperty("type", out var type) && type.GetInt32() == 3 && each.GetProperty("invocationId").GetString() == id);

        public void Dispose() => socket.Dispose();

        private async Task<JsonElement> NextAsync(Func<JsonElement, bool> wanted)
        {
            var buffer = new byte[65_536];
            while (true)
            {
                if (_seen.FindIndex(each => wanted(each)) is var at and >= 0)
                {
                    var found = _seen[at];
                    _seen.RemoveAt(at);
                    return found;
                }

                var read = await socket.ReceiveAsync(buffer.AsMemory(), Stop);
                Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
                foreach (var each in buffer.AsSpan(0, read.Count))
                {
                    if (each != 0x1E)
                    {
                        _rest.WriteByte(each);
                        continue;
                    }

                    _seen.Add(JsonElement.Parse(_rest.ToArray()));
                    _rest.SetLength(0);
                }
            }
        }
    }
}
