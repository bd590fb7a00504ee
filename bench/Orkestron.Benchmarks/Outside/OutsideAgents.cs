using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk;

namespace Orkestron.Benchmarks.Outside;

/// <summary>
/// A provider's process with the agents that the rows over HTTP run, as a program: <c>provider-process ADDRESS KEY PROVIDER</c>.
/// It says <c>ready</c> in a line once it serves, and ends when its input ends.
/// </summary>
internal static class OutsideAgents
{
    /// <summary>Does three side effects, one after the other.</summary>
    public const string Effects = "three-effects";

    /// <summary>Calls <see cref="NoOp"/> three times, one call after the other.</summary>
    public const string Calls = "three-calls";

    /// <summary>Answers at once.</summary>
    public const string NoOp = "no-op";

    private const int Steps = 3;
    private const int Capacity = 1_000;

    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new { });

    public static async Task<int> RunAsync(string address, string key, string provider)
    {
        var running = await OrkestronProvider.Create()
            .UseAddress(new Uri(address))
            .UseApiKey(key)
            .UseLogging(NullLoggerFactory.Instance)
            .AddAgent<JsonElement, JsonElement>(Describe(provider, NoOp), static (_, _, _) => Task.FromResult(Empty))
            .AddAgent<JsonElement, JsonElement>(Describe(provider, Effects), static async (_, context, stop) =>
            {
                for (var i = 0; i < Steps; i++)
                {
                    await context.SideEffectAsync(static _ => Task.FromResult(Empty), stop).ConfigureAwait(false);
                }

                return Empty;
            })
            .AddAgent<JsonElement, JsonElement>(Describe(provider, Calls) with { CallBudget = 0.001m }, async (_, context, stop) =>
            {
                for (var i = 0; i < Steps; i++)
                {
                    await context.CallAgentAsync($"{provider}/{NoOp}", Empty, stop).ConfigureAwait(false);
                }

                return Empty;
            })
            .DrainWithin(TimeSpan.Zero)
            .StartAsync().ConfigureAwait(false);
        await using (running.ConfigureAwait(false))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {Environment.ProcessId}"));
            while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
            {
                // Only its end counts.
            }
        }

        return 0;
    }

    private static AgentDescription Describe(string provider, string name) => new()
    {
        Agent = $"{provider}/{name}",
        Version = "1.0.0",
        Summary = "Does nothing, at once.",
        Country = "DE",
        PricePerCall = 0.000001m,
        MaxConcurrency = Capacity,
        Examples = { ["Nothing"] = Empty },
    };
}
