using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Orkestron.Benchmarks.Common;

/// <summary>A child process that is the web node.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Func<Process, Task> _end;
    private readonly HttpClient _http;

    private NodeProcess(Process process, Func<Process, Task> end, Uri address) =>
        (_process, _end, _http) = (process, end, new HttpClient { BaseAddress = address });

    public Uri Address => _http.BaseAddress!;

    public Uri Hub => new($"ws://{_http.BaseAddress!.Authority}/hubs/tasks?access_token={Key}");

    public Uri ProviderHub => new($"ws://{_http.BaseAddress!.Authority}/hubs/provider?access_token={Key}");

    public string Key { get; private set; } = "";

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Processor time used until now, of all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Task<NodeProcess> StartAsync(BenchStore store, params string[] options) =>
        StartAsync(arguments => BenchProgram.Start(["serve", .. arguments]), BenchProgram.EndAsync, [.. store.Arguments(), .. options]);

    /// <summary>The web program itself, as it is run in production.</summary>
    public static Task<NodeProcess> StartWebAsync(BenchStore store, params string[] options) =>
        StartAsync(WebProgram.Start, WebProgram.EndAsync, [.. store.Arguments(), .. options]);

    private static async Task<NodeProcess> StartAsync(
        Func<string[], Process> start, Func<Process, Task> end, string[] options)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var node = new NodeProcess(start(["--urls", address.ToString(), .. options]), end, address);
        await node.SignInAsync().ConfigureAwait(false);
        return node;
    }

    /// <summary>A client of another account.</summary>
    public async Task<HttpClient> AccountAsync()
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        await OpenAccountAsync(http).ConfigureAwait(false);
        return http;
    }

    /// <summary>Submits a task and gives its id.</summary>
    public async Task<string> SubmitAsync(string agent, object? input = null)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/tasks", new { agent, input = input ?? new { } }).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("id").GetString()!;
    }

    /// <summary>Runs a task until it is settled.</summary>
    public async Task RunAsync(string agent, int steps)
    {
        using var answer = await _http.PostAsJsonAsync("/api/v1/tasks?wait=60", new { agent, input = new { } }).ConfigureAwait(false);
        var task = await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK || task.GetProperty("state").GetString() != "completed"
            || task.GetProperty("steps").GetArrayLength() != steps)
        {
            throw new InvalidOperationException($"A task came to {(int)answer.StatusCode}: {task}");
        }
    }

    /// <summary>Says a line to it and reads the number it answers.</summary>
    public async Task<long> AskAsync(string line)
    {
        await SayAsync(line).ConfigureAwait(false);
        while (true)
        {
            var answer = await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
                ?? throw new InvalidOperationException("The node ended.");
            if (answer.StartsWith("> ", StringComparison.Ordinal))
            {
                return long.Parse(answer.AsSpan(2), CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>
    /// Live heap and private memory in KiB, each the least of five measurements after a full collection: threads, pools and
    /// compiled code come and go by megabytes.
    /// </summary>
    public async Task<(long Heap, long Private)> MemoryAsync()
    {
        var (heap, all) = (long.MaxValue, long.MaxValue);
        for (var i = 0; i < 5; i++)
        {
            heap = Math.Min(heap, await AskAsync("heap").ConfigureAwait(false));
            all = Math.Min(all, await AskAsync("private").ConfigureAwait(false));
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System).ConfigureAwait(false);
        }

        return (heap, all);
    }

    /// <summary>Publishes an agent that processes serve.</summary>
    public async Task PublishAsync(string agent)
    {
        var schema = new { type = "object" };
        await PublishAsync(agent, new
        {
            version = "1.0.0",
            title = "Idle",
            summary = "Waits.",
            inputSchema = schema,
            outputSchema = schema,
            examples = (object[])[new { title = "Nothing", input = new { } }],
            country = "DE",
        }).ConfigureAwait(false);
    }

    /// <summary>Publishes what a request says.</summary>
    public async Task PublishAsync(string agent, object request)
    {
        using var answer = await _http.PutAsJsonAsync($"/api/v1/agents/{agent}", request).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync().ConfigureAwait(false));
        }
    }

    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _end(_process).ConfigureAwait(false);
    }

    private async Task SignInAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await ReadyAsync().ConfigureAwait(false))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new InvalidOperationException("The node does not serve.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System).ConfigureAwait(false);
        }

        Key = await OpenAccountAsync(_http).ConfigureAwait(false);
    }

    private static async Task<string> OpenAccountAsync(HttpClient http)
    {
        using var guest = await http.PostAsJsonAsync(
            "/api/v1/account/guest", new { over18 = true, acceptedPolicyVersion = 1 }).ConfigureAwait(false);
        guest.EnsureSuccessStatusCode();
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/account/keys", new { name = "bench", scopes = (string[])["read", "write", "publish"] }).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        var key = (await answer.Content.ReadFromJsonAsync<JsonElement>().ConfigureAwait(false)).GetProperty("key").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return key;
    }

    private async Task<bool> ReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative)).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
