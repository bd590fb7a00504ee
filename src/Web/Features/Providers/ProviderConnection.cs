using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Providers;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// One connection of a provider's process, through which its agents send it steps. It belongs to the web node that the
/// process is connected to; the agents hold a lease on it, which this node renews.
/// </summary>
internal sealed class ProviderConnection(
    HubCallerContext caller,
    Guid userId,
    string? keyHash,
    IClientProxy client,
    IGrainFactory grains,
    StepTickets tickets,
    TimeProvider clock,
    ProviderHubOptions options) : IProviderLink, IAsyncDisposable
{
    private readonly HeldSteps _held = new(grains, tickets, clock, options);
    private readonly OpenCalls _calls = new(
        options.MaxCalls, Math.Max(options.MaxCallBytes, options.MaxMessageBytes), caller.ConnectionAborted);
    private readonly TokenBucketRateLimiter _messages = new(new()
    {
        TokenLimit = checked(options.MessagesPerSecond * options.BurstSeconds),
        TokensPerPeriod = options.MessagesPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        // When a message comes: no timer for each of thousands of connections.
        AutoReplenishment = false,
    });
    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private IProviderLink? _reference;
    private ImmutableDictionary<string, ServedAgent> _served = ImmutableDictionary<string, ServedAgent>.Empty;
    private int _renewing;
    private int _receiving;

    public string Id { get; } = caller.ConnectionId;

    public Guid UserId => userId;

    public string? KeyHash => keyHash;

    public string ProcessId { get; private set; } = "";

    public long Session { get; private set; }

    /// <summary>Whether the process left for good, so that its steps go to other workers at once.</summary>
    public bool Left { get; set; }

    public CancellationToken Ended => caller.ConnectionAborted;

    /// <summary>Whether the process has not announced its agents within <see cref="ProviderHubOptions.AnnounceWithin"/>.</summary>
    public bool Silent => _served.IsEmpty && clock.GetUtcNow() - _since > options.AnnounceWithin;

    /// <summary>Counts a message; false when the process has sent too many.</summary>
    public bool TryCountMessage()
    {
        _messages.TryReplenish();
        using var taken = _messages.AttemptAcquire();
        return taken.IsAcquired;
    }

    public bool Serves(string agent) => _served.ContainsKey(agent);

    public IProviderAgentGrain Agent(string agent) => grains.GetGrain<IProviderAgentGrain>(agent);

    /// <inheritdoc cref="HeldSteps.TryOpen"/>
    public bool TryOpen(string? text, [NotNullWhen(true)] out StepTicket? ticket) => _held.TryOpen(text, out ticket);

    /// <summary>Links the process with the agents that it serves, and takes over the steps that it already runs.</summary>
    /// <returns>False when one of the agents has as many processes as it may have.</returns>
    public async Task<bool> AnnounceAsync(ProviderHello hello, IEnumerable<StepTicket> running)
    {
        var before = _served;
        (ProcessId, Session) = (hello.ProcessId, hello.Session);
        foreach (var ticket in running)
        {
            _held.Add(ticket.Agent, ticket.Step);
        }

        _served = hello.Agents.ToImmutableDictionary(static each => each.Agent);
        _reference ??= grains.CreateObjectReference<IProviderLink>(this);
        await Task.WhenAll(before.Keys.Except(_served.Keys).Select(agent => Agent(agent).UnlinkAsync(ProcessId, Session, true)));
        return (await Task.WhenAll(_served.Values.Select(LinkAsync))).All(static linked => linked);
    }

    /// <summary>Renews the lease with each agent. Does nothing while another renewal is under way.</summary>
    public async Task RenewAsync()
    {
        if (Interlocked.Exchange(ref _renewing, 1) == 1)
        {
            return;
        }

        try
        {
            await Task.WhenAll(_served.Values.Select(LinkAsync)).WaitAsync(options.RenewTimeout, clock);
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    public Task BeginAsync(WorkerAssignment order)
    {
        if (Ended.IsCancellationRequested || _held.Count >= options.MaxRunning)
        {
            return Task.CompletedTask;
        }

        var now = clock.GetUtcNow();
        var ticket = new StepTicket(order.Agent, order.Step, now);
        var text = _held.Add(ticket);
        return client.SendAsync(
            ProviderHubNames.Begin,
            new StepAssignment(
                text,
                order.Agent,
                order.AgentVersion,
                TaskPseudonym.Of(order.Agent, order.Step.TaskId),
                order.Step.StepId,
                order.Step.Attempt,
                order.Step.Turn,
                order.Input.ToElement(),
                order.RequestedAt,
                order.Deadline)
            {
                Fresh = order.Fresh,
                SentAt = now,
            },
            Ended);
    }

    public Task StopAsync(StepKey step) =>
        Release(step) is { } agent
            ? client.SendAsync(
                ProviderHubNames.Stop,
                new StepStop(
                    agent, TaskPseudonym.Of(agent, step.TaskId), step.StepId, step.Attempt, step.Turn),
                Ended)
            : Task.CompletedTask;

    /// <summary>Merges a progress report of a step that the process holds; reports of other steps are ignored.</summary>
    public void Report(StepTicket ticket, StepProgress progress) =>
        _held.Outbox(ticket.Step)?.Add(progress.Percent, progress.Message, progress.Text);

    /// <summary>Forgets a step that has ended here or was given back: its calls of other agents are no longer awaited.</summary>
    public void Drop(StepKey step) => Release(step);

    /// <summary>Reserves room for a call of another agent, if there is any.</summary>
    public (CallEntry Entry, CancellationToken Unwanted) EnterCall(StepKey step, string key, int bytes) =>
        _calls.Enter(step, key, bytes, _held.Contains(step));

    /// <summary>Whether a request for a message may wait for one. Pair with <see cref="LeaveReceive"/>.</summary>
    public bool EnterReceive()
    {
        if (Interlocked.Increment(ref _receiving) <= options.MaxWaitingReceives)
        {
            return true;
        }

        Interlocked.Decrement(ref _receiving);
        return false;
    }

    public void LeaveReceive(bool waited)
    {
        if (waited)
        {
            Interlocked.Decrement(ref _receiving);
        }
    }

    public Task EndCallAsync(StepKey step, AgentCallEnded ended)
    {
        _calls.Leave(step, ended.Key);
        return SendCallEndedAsync(ended);
    }

    public Task SendCallEndedAsync(AgentCallEnded ended) => client.SendAsync(ProviderHubNames.CallEnded, ended, Ended);

    /// <summary>Sends the process the reason and closes the connection.</summary>
    public async Task CloseAsync(string code, string detail)
    {
        Left = true;
        try
        {
            await client.SendAsync(ProviderHubNames.Closing, code, detail, Ended);
        }
        finally
        {
            caller.Abort();
        }
    }

    /// <summary>Removes the link from the agents after the connection has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_served.Keys.Select(agent => Agent(agent).UnlinkAsync(ProcessId, Session, Left)));
        }
        finally
        {
            await _messages.DisposeAsync();
            if (_reference is { } reference)
            {
                grains.DeleteObjectReference<IProviderLink>(reference);
            }
        }
    }

    private string? Release(StepKey step)
    {
        var agent = _held.Remove(step);
        _calls.Leave(step);
        return agent;
    }

    private Task<bool> LinkAsync(ServedAgent served) => Agent(served.Agent).LinkAsync(new ProviderLinkState(
        ProcessId,
        Session,
        _reference!,
        served.Version,
        served.Capacity,
        _held.Of(served.Agent)));
}
