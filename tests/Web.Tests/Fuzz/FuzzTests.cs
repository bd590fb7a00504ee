using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>
/// Generated requests to all that the server answers: REST, event streams, pages, their forms, hubs, and HTTP itself. Whatever is
/// sent, no answer is a 5xx, each refusal of the API is a problem with a code, nothing is logged as a fault, and the server goes on.
/// </summary>
public sealed class FuzzTests(WebNode node) : IAsyncLifetime
{
    private const int Requests = 10_000;
    private const int Pages = 500;
    private const int Forms = 250;
    private const int Messages = 700;
    private const int Raw = 300;
    private const int AtOnce = 8;
    private const int MaxReported = 10;

    private readonly FuzzSeed _seed = FuzzSeed.Get();
    private readonly FaultLog _log = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly List<ApiClient> _guests = [];
    private readonly List<string> _keys = [];
    private FuzzRoute[] _routes = [];
    private FuzzWords _words = null!;
    private readonly ConcurrentBag<FuzzClient> _free = [];
    private string _cookies = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{FuzzSeed.SeedVariable}={_seed.Seed}");
        node.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);
        for (var i = 0; i < 4; i++)
        {
            var guest = await node.GuestAsync();
            _guests.Add(guest);
            _keys.Add((await guest.CreateKeyAsync("read", "write", "account", "publish")).Key);
        }

        var (task, other) = (await _guests[0].RunAsync("Fuzz one."), await _guests[0].RunAsync("Fuzz two."));
        using var shared = await _guests[0].PostAsync($"tasks/{task.Id}/share", "{}");
        _words = new FuzzWords
        {
            TaskId = task.Id,
            OtherTaskId = other.Id,
            ArtifactId = Guid.Parse((await _guests[0].UploadAsync("Fuzz."u8.ToArray())).Split(':')[1]),
            ShareToken = (await ApiClient.ReadAsync<ShareLink>(shared, HttpStatusCode.Created)).Token,
            Provider = $"fuzz-{task.Id.ToString("N")[20..]}",
        };
        _cookies = _guests[0].Cookies.GetCookieHeader(node.Address);
        _routes = FuzzRoute.All(node.Services.GetRequiredService<EndpointDataSource>());
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach([.. _free], static client => client.Dispose());
        _guests.ForEach(static guest => guest.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Rest_WhateverIsSent_IsAnsweredWithoutAFault()
    {
        var requests = new FuzzRequests([.. _routes.Where(static route => !route.Page)], _words, [.. _keys], _cookies);

        await EachAsync(Requests, "rest", nameof(Rest_WhateverIsSent_IsAnsweredWithoutAFault), (number, random) =>
            SendAsync(requests.Make(number, random)));

        await StillRunsAsync();
    }

    [Fact]
    public async Task Pages_WhateverIsPosted_AreAnsweredWithoutAFault()
    {
        FuzzRoute[] pages = [.. _routes.Where(static route => route.Page)];
        var requests = new FuzzRequests(pages, _words, [.. _keys], _cookies);
        await EachAsync(Pages, "pages", nameof(Pages_WhateverIsPosted_AreAnsweredWithoutAFault), (number, random) =>
            SendAsync(requests.Make(number, random)));

        // Signing out is left to its own test: the others need the session.
        FuzzRoute[] forms =
        [
            .. pages.Where(static page => page.Method == "GET" && !page.Name.Contains("logout", StringComparison.OrdinalIgnoreCase)),
        ];
        await EachAsync(Forms, "forms", nameof(Pages_WhateverIsPosted_AreAnsweredWithoutAFault), async (number, random) =>
        {
            var target = requests.Target(random, forms[number % forms.Length], wrong: 3);
            FuzzRequest? post = null;
            var wrong = await AskAsync(new FuzzRequest(number, "GET", target, [("Cookie", _cookies)], null, null), async (shown, stop) =>
            {
                var more = shown.Headers.TryGetValues("Set-Cookie", out var set)
                    ? string.Concat(set.Select(static each => "; " + each.Split(';')[0]))
                    : "";
                post = FuzzForm.Make(number, random, await shown.Content.ReadAsStringAsync(stop), target, _cookies + more);
                return null;
            });
            return wrong is not null || post is null ? (wrong, target) : await SendAsync(post);
        });

        await StillRunsAsync();
    }

    [Fact]
    public async Task Hubs_WhateverIsSent_AnswerWithoutAFault()
    {
        var hubs = FuzzRoute.Hubs(node.Services.GetRequiredService<EndpointDataSource>());
        Assert.True(hubs.Length >= 2);
        foreach (var hub in hubs)
        {
            var path = node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .First(each => each.Metadata.GetMetadata<Microsoft.AspNetCore.SignalR.HubMetadata>()?.HubType == hub
                    && !each.RoutePattern.RawText!.EndsWith("/negotiate", StringComparison.Ordinal)).RoutePattern.RawText!;
            var lanes = Enumerable.Range(0, AtOnce).Select(_ => new FuzzHub(node.Address, path, hub, _keys[0], _words)).ToArray();
            var free = new ConcurrentBag<FuzzHub>(lanes);
            await EachAsync(Messages / hubs.Length, hub.Name, nameof(Hubs_WhateverIsSent_AnswerWithoutAFault), async (number, random) =>
            {
                Assert.True(free.TryTake(out var lane));
                var message = lane.Make(number, random);
                var wrong = await lane.SendAsync(number, message, Stop);
                free.Add(lane);
                return (wrong, $"{path} {message}");
            });
            Array.ForEach(lanes, static lane => lane.Dispose());
        }

        await StillRunsAsync();
    }

    [Fact]
    public async Task Http_WhateverIsSent_IsAnsweredWithoutAFault()
    {
        FuzzRoute[] routes = [.. _routes.Where(static route => !route.Page)];
        var requests = new FuzzRequests(routes, _words, [.. _keys], _cookies);

        await EachAsync(Raw, "http", nameof(Http_WhateverIsSent_IsAnsweredWithoutAFault), async (number, random) =>
        {
            var text = FuzzHttp.Make(random, requests.Make(number, random));
            var answer = await RawHttp.SendAsync(node.Address, text, TimeSpan.FromSeconds(2));
            return (FuzzHttp.Wrong(text, answer), text.Length > 3_000 ? text[..3_000] : text);
        });

        await StillRunsAsync();
    }

    private async Task<(string? Wrong, string Sent)> SendAsync(FuzzRequest request) =>
        (await AskAsync(request, (answer, stop) => FuzzAnswer.WrongAsync(answer, request.Target, stop)), request.ToString());

    /// <summary>Sends a request and has its answer looked at; what is wrong with it, or null.</summary>
    private async Task<string?> AskAsync(FuzzRequest request, Func<HttpResponseMessage, CancellationToken, Task<string?>> look)
    {
        var client = _free.TryTake(out var free) ? free : new FuzzClient();
        try
        {
            using var timed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            timed.CancelAfter(TimeSpan.FromSeconds(30));
            using var answer = await client.SendAsync(request, node.Address, timed.Token);
            return await look(answer, timed.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !Stop.IsCancellationRequested))
        {
            return $"No answer: {fault.GetType().Name} {fault.Message} {fault.InnerException?.Message}";
        }
        finally
        {
            _free.Add(client);
        }
    }

    private Task EachAsync(int count, string kind, string test, Func<int, Random, Task<(string? Wrong, string Sent)>> send) =>
        Parallel.ForEachAsync(
            _seed.Cases(count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop }, async (number, _) =>
            {
                if (_wrong.Count >= MaxReported)
                {
                    return;
                }

                var (wrong, sent) = await send(number, _seed.For(kind, number));
                if (wrong is not null)
                {
                    _wrong.Enqueue($"{wrong}\n{sent}\nAgain: {_seed.Again(number, test)}");
                }
            });

    private async Task StillRunsAsync()
    {
        Assert.True(_wrong.IsEmpty, string.Join("\n\n", _wrong));
        Assert.True(_log.Faults.Length == 0, $"{_seed}\n{string.Join("\n\n", _log.Faults.Take(MaxReported))}");
        using var guest = await node.GuestAsync();
        Assert.Equal("completed", (await guest.RunAsync("It still runs.")).State);
    }
}
