using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Users;
using Orkestron.Contracts.Wallets;

namespace Orkestron.Web.Tests.Hosting;

/// <summary>One caller with cookies of its own.</summary>
public sealed class ApiClient : IDisposable
{
    public const string Keywords = "orkestron/keyword-extractor";

    /// <summary>A task of several agents.</summary>
    public static readonly object Research = new
    {
        agent = "orkestron/research-brief",
        input = new
        {
            question = "Which pump survives salt water?",
            documents = new[] { new { title = "Pump B20", text = "The bronze parts of pump B20 resist corrosion in sea water." } },
        },
    };

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <param name="address">Where the node listens.</param>
    /// <param name="apiKey">Signs each request in; null for a client that uses cookies.</param>
    /// <param name="from">The address of this machine to call from; null for any.</param>
    public ApiClient(Uri address, string? apiKey = null, IPAddress? from = null)
    {
        var handler = new SocketsHttpHandler
        {
            CookieContainer = Cookies,
            AllowAutoRedirect = false,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
        };
        // The tests' own certificate: nobody else vouches for it.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
            certificate?.Subject == TestCertificate.Subject;
        if (from is not null)
        {
            handler.ConnectCallback = (call, stop) => ConnectAsync(from, call.DnsEndPoint, stop);
        }

        Http = new HttpClient(handler)
        {
            BaseAddress = new Uri(address, "/api/v1/"),
        };
        if (apiKey is not null)
        {
            Http.DefaultRequestHeaders.Authorization = new("Bearer", apiKey);
        }
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; } = new();

    public Guid UserId { get; private set; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task OpenGuestAsync()
    {
        using var answer = await Http.PostAsJsonAsync("account/guest", new { over18 = true, acceptedPolicyVersion = 1 }, Stop);
        UserId = (await ReadAsync<Account>(answer, HttpStatusCode.Created)).UserId;
    }

    public async Task<CreatedApiKey> CreateKeyAsync(params string[] scopes)
    {
        using var answer = await Http.PostAsJsonAsync("account/keys", new { name = "test", scopes }, Stop);
        return await ReadAsync<CreatedApiKey>(answer, HttpStatusCode.Created);
    }

    public Task<HttpResponseMessage> SubmitAsync(object body, string? idempotencyKey = null) =>
        PostAsync("tasks", JsonSerializer.Serialize(body), idempotencyKey);

    public Task<TaskDetail> RunAsync(string text) => SettledAsync(new { agent = Keywords, input = new { text } });

    /// <summary>Hands a task over and follows it to its end.</summary>
    public async Task<TaskDetail> SettledAsync(object body)
    {
        using var answer = await SubmitAsync(body);
        var task = await ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted);
        await foreach (var _ in EventsAsync(task.Id))
        {
            // The stream ends when the task is settled.
        }

        return await GetAsync<TaskDetail>($"tasks/{task.Id}");
    }

    /// <summary>Follows a task until something happens.</summary>
    public async Task SawAsync(Guid taskId, string type)
    {
        await foreach (var (_, happened) in EventsAsync(taskId))
        {
            if (happened.Type == type)
            {
                return;
            }
        }

        Assert.Fail($"The task ended without {type}.");
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string json, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await Http.SendAsync(request, Stop);
    }

    /// <summary>Uploads a file; its reference.</summary>
    public async Task<string> UploadAsync(byte[] bytes, string name = "file.txt")
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("text/plain");
        using var answer = await Http.PostAsync(new Uri($"artifacts?name={name}", UriKind.Relative), content, Stop);
        return ArtifactReference.Of((await ReadAsync<Artifact>(answer, HttpStatusCode.Created)).Id);
    }

    /// <summary>Follows a task to its end.</summary>
    public async IAsyncEnumerable<(string? Id, TaskEvent Event)> EventsAsync(Guid taskId, long after = 0, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"tasks/{taskId}/events?after={after}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        string? id = null;
        while (await reader.ReadLineAsync(Stop) is { } line)
        {
            if (line == "event: end")
            {
                yield break;
            }

            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return (id, JsonSerializer.Deserialize<TaskEvent>(line[6..], Web)!);
                id = null;
            }
        }

        Assert.Fail("The stream broke off before its end.");
    }

    public async Task<Wallet> WalletAsync() => await GetAsync<Wallet>("wallet");

    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return await ReadAsync<T>(answer, HttpStatusCode.OK);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == answer.StatusCode, $"{(int)expected} was expected, {(int)answer.StatusCode} came: {text}");
        return JsonSerializer.Deserialize<T>(text, Web)!;
    }

    /// <summary>Reads a problem and checks what every problem has.</summary>
    public static async Task<Problem> ProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(status == (int)answer.StatusCode, $"{status} was expected, {(int)answer.StatusCode} came: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<Problem>(text, Web)!;
        Assert.Equal(code, problem.Code);
        Assert.Equal(status, problem.Status);
        Assert.NotEmpty(problem.Detail);
        Assert.NotEmpty(problem.TraceId);
        return problem;
    }

    public void Dispose() => Http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, DnsEndPoint to, CancellationToken stop)
    {
        var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(to, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
