using System.Text;
using System.Text.Json;
using Orkestron.Benchmarks.Common;
using Orkestron.Benchmarks.Outside;

namespace Orkestron.Benchmarks.Peers;

/// <summary>
/// The web program on the same PostgreSQL, and a provider's process. Each job is a task of an account with an API key, with hold,
/// capture and split, answered once it is settled.
/// </summary>
internal sealed class OrkestronPeer : IPeer
{
    /// <summary>What the plan is given.</summary>
    public const string Text = "Durable tasks survive crashes.";

    /// <summary>Limits out of the way, and tokens enough.</summary>
    public static readonly string[] Options =
    [
        "--Orkestron:Web:UserRequestsPerSecond=1000000",
        "--Orkestron:Web:AddressRequestsPerSecond=1000000",
        "--Orkestron:Web:Providers:MessagesPerSecond=1000000",
        "--Orkestron:Wallets:GuestGrantMicro=1000000000000",
        "--Orkestron:Wallets:AccountGrantMicro=1000000000000",
    ];

    private readonly NodeProcess _web;
    private readonly OutsideProcess _outside;

    private OrkestronPeer(NodeProcess web, OutsideProcess outside, string provider)
    {
        (_web, _outside) = (web, outside);
        Jobs =
        [
            Job(web, "Orkestron, plan of 3 calls inside the node", $"{provider}/plan", 4, new { text = Text }),
            Job(web, "Orkestron, provider's process, 3 SideEffectAsync", $"{provider}/{OutsideAgents.Effects}", 1, new { }),
            Job(web, "Orkestron, provider's process, 3 calls of an outside agent", $"{provider}/{OutsideAgents.Calls}", 4, new { }),
        ];
    }

    public IReadOnlyList<PeerJob> Jobs { get; }

    public IReadOnlyList<(string Name, int ProcessId)> Processes => [("web", _web.Id), ("provider", _outside.Id)];

    public static async Task<IPeer> StartAsync(BenchStore store)
    {
        var web = await NodeProcess.StartWebAsync(store, Options).ConfigureAwait(false);
        var provider = $"bench-{Guid.NewGuid().ToString("N")[..8]}";
        await web.PublishAsync($"{provider}/plan", Plan()).ConfigureAwait(false);
        var outside = await OutsideProcess.StartAsync(web.Address, web.Key, provider).ConfigureAwait(false);
        return new OrkestronPeer(web, outside, provider);
    }

    public async ValueTask DisposeAsync()
    {
        await _outside.DisposeAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A plan of three calls as a request to publish it.</summary>
    public static object Plan() => new
    {
        version = "1.0.0",
        title = "Three calls",
        summary = "Calls an agent three times, one call after the other.",
        inputSchema = new { type = "object", properties = new { text = new { type = "string" } }, required = (string[])["text"] },
        outputSchema = new { type = "object" },
        examples = (object[])[new { title = "One", input = new { text = Text } }],
        country = "DE",
        price = new { perCall = "0.000001", perThousandCharacters = "0", callBudget = "0.1" },
        maxConcurrency = 1_000,
        plan = new
        {
            steps = Enumerable.Range(1, 3).Select(static i => new Dictionary<string, object>
            {
                ["id"] = $"s{i}",
                ["call"] = "orkestron/keyword-extractor",
                ["input"] = new { text = new Dictionary<string, string> { ["$ref"] = "/input/text" } },
            }),
            output = new Dictionary<string, string> { ["$ref"] = "/steps/s3" },
        },
    };

    /// <summary>A task that is answered once it is settled, with so many steps.</summary>
    public static PeerJob Job(NodeProcess web, string name, string agent, int steps, object input) => new(
        name,
        new Uri(web.Address, "/api/v1/tasks?wait=60"),
        JsonSerializer.SerializeToUtf8Bytes(new { agent, input }),
        web.Key,
        Encoding.UTF8.GetBytes("\"state\":\"completed\",\"statusMessage\""),
        Encoding.UTF8.GetBytes($"{{\"id\":{steps},\""),
        "\"settled\":true"u8.ToArray());
}
