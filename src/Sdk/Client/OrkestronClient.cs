using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>Runs agents. One client serves many tasks at a time.</summary>
/// <remarks>The platform and the key are found as <see cref="OrkestronProvider"/> does; the key needs read and write.</remarks>
public sealed class OrkestronClient : IDisposable
{
    private const int Tries = 6;
    private readonly Api _api;
    private readonly TimeProvider _clock;

    private OrkestronClient(Connection connection, TimeProvider clock)
    {
        _clock = clock;
        _api = new Api(connection.Open(), clock);
    }

    /// <summary>Creates a client of the platform named by command line, configuration or environment.</summary>
    /// <exception cref="OrkestronException">The key is missing or the address malformed.</exception>
    public static OrkestronClient Create(string[]? args = null, IConfiguration? configuration = null, TimeProvider? clock = null) =>
        new(Connection.Find(args ?? [], configuration, null, null), clock ?? TimeProvider.System);

    /// <summary>Creates a client of the platform at an address.</summary>
    /// <exception cref="OrkestronException">The address is malformed.</exception>
    public static OrkestronClient Create(Uri address, string apiKey, TimeProvider? clock = null) =>
        new(Connection.Find([], null, address, apiKey), clock ?? TimeProvider.System);

    /// <summary>An agent with its schemas, price and statistics.</summary>
    /// <exception cref="OrkestronException">There is no such agent.</exception>
    public Task<AgentListing> GetAgentAsync(string agent, CancellationToken cancellationToken = default) =>
        _api.SendAsync<AgentListing>(HttpMethod.Get, $"agents/{agent}", null, null, Tries, cancellationToken);

    /// <summary>Finds agents by words.</summary>
    public async Task<IReadOnlyList<AgentListing>> FindAgentsAsync(string words, CancellationToken cancellationToken = default)
    {
        var found = await _api.SendAsync<AgentList>(
            HttpMethod.Get, $"agents?q={Uri.EscapeDataString(words)}", null, null, Tries, cancellationToken).ConfigureAwait(false);
        return found.Items;
    }

    /// <summary>Submits a task to an agent. Retries after a broken connection do not create a second task.</summary>
    /// <param name="agent">Provider and name.</param>
    /// <param name="input">An object, or JSON: valid against the agent's input schema.</param>
    /// <param name="options">Budget, deadline and idempotency key.</param>
    /// <param name="cancellationToken">Cancels the submission, not the task.</param>
    /// <exception cref="OrkestronException">The platform refused; the code and message say why.</exception>
    public async Task<TaskHandle> RunAsync(
        string agent, object input, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        var json = input as JsonElement? ?? JsonSerializer.SerializeToElement(input, SdkJson.Wire);
        var request = new CreateTaskRequest(
            agent, json, options?.BudgetTokens is { } budget ? new Tokens((long)(budget * Tokens.MicroPerToken)) : null, options?.Deadline);
        var task = await _api.SendAsync<TaskDetail>(
            HttpMethod.Post, "tasks", request, options?.IdempotencyKey ?? Guid.NewGuid().ToString("N"), Tries, cancellationToken)
            .ConfigureAwait(false);
        return Attach(task.Id);
    }

    /// <summary>A task that was submitted before.</summary>
    public TaskHandle Attach(Guid taskId) => new(taskId, _api, _clock);

    /// <inheritdoc/>
    public void Dispose() => _api.Http.Dispose();
}

/// <summary>How to run a task.</summary>
public sealed record RunOptions
{
    /// <summary>The most that is held, in tokens; null for the agent's price and call budget.</summary>
    public decimal? BudgetTokens { get; init; }

    /// <summary>When the task fails unless it has ended; null for the platform's default.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The same key and request give the same task; null for a new one.</summary>
    public string? IdempotencyKey { get; init; }
}
