using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Endpoints;
using Orkestron.Contracts.Tasks;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>A guest who publishes an agent over HTTP and runs it.</summary>
internal sealed class HttpProvider(ApiClient client, EndpointPeer peer) : IDisposable
{
    public string Name { get; } = $"p-{Guid.NewGuid():N}"[..20];

    public string Agent => $"{Name}/echo";

    public ApiClient Client => client;

    public string Id => peer.Address.Authority;

    private static CancellationToken Stop => ApiClient.Stop;

    public Task<HttpResponseMessage> RegisterAsync(object? body = null) =>
        client.PostAsync(
            $"providers/{Name}/endpoints",
            JsonSerializer.Serialize(body ?? new { origin = peer.Address.GetLeftPart(UriPartial.Authority) }));

    /// <summary>Registers the peer, has it serve its token, and publishes its agent.</summary>
    public async Task<EndpointSecret> ArriveAsync(string version = "1.0.0", double timeoutSeconds = 60)
    {
        using var registered = await RegisterAsync();
        var secret = await ApiClient.ReadAsync<EndpointSecret>(registered, HttpStatusCode.Created);
        peer.Token = secret.Endpoint.Challenge.Token;
        using var published = await PublishAsync(version, timeoutSeconds: timeoutSeconds);
        await ApiClient.ReadAsync<JsonElement>(published, HttpStatusCode.OK);
        return secret;
    }

    public Task<HttpResponseMessage> PublishAsync(string version = "1.0.0", string? endpoint = null, double timeoutSeconds = 60) =>
        client.Http.PutAsJsonAsync($"agents/{Agent}", new
        {
            version,
            title = "Echo",
            summary = "Says what it was told.",
            country = "DE",
            endpoint = endpoint ?? new Uri(peer.Address, "/echo").ToString(),
            timeoutSeconds,
            price = new { perCall = "0.01", perThousandCharacters = "0", callBudget = "0" },
            inputSchema = JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}"""),
            outputSchema = JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}"""),
            examples = new[] { new { title = "A greeting", input = new { text = "Good morning." } } },
        }, Stop);

    public async Task<TaskDetail> SubmitAsync(string text = "Hello.")
    {
        using var answer = await client.SubmitAsync(new { agent = Agent, input = new { text } });
        return await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);
    }

    public Task<TaskDetail> RunAsync(string text = "Hello.") => client.SettledAsync(new { agent = Agent, input = new { text } });

    public Task<TaskDetail> SettledAsync(Guid id) => client.GetAsync<TaskDetail>($"tasks/{id}?wait=30");

    public async Task<AgentHealth> HealthAsync() =>
        (await client.GetAsync<JsonElement>($"agents/{Agent}")).GetProperty("health").Deserialize<AgentHealth>(JsonSerializerOptions.Web)!;

    /// <summary>Tells something by callback, as an endpoint does: with nothing but the address.</summary>
    public static async Task<HttpResponseMessage> TellAsync(string callback, object told)
    {
        // The server answers at a length that it reads in the header, and hangs up: a client that asks first reads the answer.
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) });
        using var request = new HttpRequestMessage(HttpMethod.Post, callback)
        {
            Content = new StringContent(JsonSerializer.Serialize(told, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;
        return await http.SendAsync(request, Stop);
    }

    /// <summary>Until the peer was called so often.</summary>
    public async Task<PeerCall> CalledAsync(int times = 1)
    {
        await Polling.UntilAsync($"{times} calls came", TimeSpan.FromSeconds(30), _ => Task.FromResult(peer.Calls.Count >= times));
        return peer.Calls.ElementAt(times - 1);
    }

    public void Dispose() => client.Dispose();
}
