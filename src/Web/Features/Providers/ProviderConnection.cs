using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Providers;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// One connection of a provider's process: for its agents the link through which steps reach it. Kept by its web node;
/// the agents hold a lease on it that is renewed.
/// </summary>
internal sealed class ProviderConnection(
    HubCallerContext caller,
    Guid userId,
    string? keyHash,
    IClientProxy client,
    IGrainFactory grains,
    StepTickets tickets,
    TimeProvider clock,
    ProviderHubOptions options) : IProviderLink
{
    private readonly ConcurrentDictionary<StepKey, HeldStep> _held = new();
    private readonly ConcurrentDictionary<string, StepTicket> _opened = new(StringComparer.Ordinal);
    private readonly OpenCalls _calls = new(
        options.MaxCalls, Math.Max(options.MaxCallBytes, options.MaxMessageBytes), caller.ConnectionAborted);
    private readonly MessageRate _rate = new(clock, options.MessagesPerSecond, options.BurstSeconds);
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

    /// <summary>Whether the process left for good: its steps need not wait for it.</summary>
    public bool Left { get; set; }

    public CancellationToken Ended => caller.ConnectionAborted;

    /// <summary>Whether the process has said nothing of what it serves for too long.</summary>
    public bool Silent => _served.IsEmpty && clock.GetUtcNow() - _since > options.AnnounceWithin;

    public bool Counted() => _rate.Take();

    public bool Serves(string agent) => _served.ContainsKey(agent);

    public IProviderAgentGrain Agent(string agent) => grains.GetGrain<IProviderAgentGrain>(agent);

    /// <summary>Opens a ticket: the newest one of a step that the connection holds without its seal.</summary>
    public bool TryOpen(string? text, [NotNullWhen(true)] out StepTicket? ticket)
    {
        ticket = null;
        return (text is not null && _opened.TryGetValue(text, out ticket)) || tickets.TryOpen(text, out ticket);
    }

    /// <summary>What the process serves and runs, as it says.</summary>
    /// <returns>The agents that took it, false where there are too many processes.</returns>
    public async Task<bool> AnnounceAsync(ProviderHello hello, IEnumerable<StepTicket> running)
    {
        var before = _served;
        (ProcessId, Session) = (hello.ProcessId, hello.Session);
        foreach (var ticket in running)
        {
            Hold(ticket.Agent, ticket.Step);
        }

        _served = hello.Agents.ToImmutableDictionary(static each => each.Agent);
        _reference ??= grains.CreateObjectReference<IProviderLink>(this);
        await Task.WhenAll(before.Keys.Except(_served.Keys).Select(agent => Agent(agent).UnlinkAsync(ProcessId, Session, true)));
        return (await Task.WhenAll(_served.Values.Select(LinkAsync))).All(static linked => linked);
    }

    /// <summary>Renews the lease with each agent; once at a time.</summary>
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

    public Task BeginAsync(StepWorkOrder order)
    {
        if (Ended.IsCancellationRequested || _held.Count >= options.MaxRunning)
        {
            return Task.CompletedTask;
        }

        var now = clock.GetUtcNow();
        var ticket = new StepTicket(order.Agent, order.Step, now);
        var text = tickets.Seal(ticket);
        if (Hold(order.Agent, order.Step).Rename(text) is { } before)
        {
            _opened.TryRemove(before, out _);
        }

        _opened[text] = ticket;
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
        LetGo(step) is { } held
            ? client.SendAsync(
                ProviderHubNames.Stop,
                new StepStop(
                    held.Agent, TaskPseudonym.Of(held.Agent, step.TaskId), step.StepId, step.Attempt, step.Turn),
                Ended)
            : Task.CompletedTask;

    public void Report(StepTicket ticket, StepProgress progress)
    {
        if (_held.TryGetValue(ticket.Step, out var held))
        {
            held.Outbox.Add(progress.Percent, progress.Message, progress.Text);
        }
    }

    /// <summary>The step has ended here, or was given back: nobody waits for its calls any more.</summary>
    public void Drop(StepKey step) => LetGo(step);

    /// <summary>Makes room for a call, if there is any.</summary>
    public (CallEntry Entry, CancellationToken Unwanted) EnterCall(StepKey step, string key, int bytes) =>
        _calls.Enter(step, key, bytes, _held.ContainsKey(step));

    /// <summary>Whether a request for a message may wait for it; <see cref="LeaveReceive"/> ends that.</summary>
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

    /// <summary>Tells the process why, and ends the connection.</summary>
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

    /// <summary>The connection has ended: the agents are told, and the link goes.</summary>
    public async Task DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_served.Keys.Select(agent => Agent(agent).UnlinkAsync(ProcessId, Session, Left)));
        }
        finally
        {
            if (_reference is { } reference)
            {
                grains.DeleteObjectReference<IProviderLink>(reference);
            }
        }
    }

    private HeldStep? LetGo(StepKey step)
    {
        if (_held.TryRemove(step, out var held) && held.Rename(null) is { } ticket)
        {
            _opened.TryRemove(ticket, out _);
        }

        _calls.Leave(step);
        return held;
    }

    private HeldStep Hold(string agent, StepKey step) =>
        _held.GetOrAdd(step, key => new HeldStep(agent, new StepOutbox(key, Agent(agent), clock, options)));

    private Task<bool> LinkAsync(ServedAgent served) => Agent(served.Agent).LinkAsync(new ProviderLinkState(
        ProcessId,
        Session,
        _reference!,
        served.Version,
        served.Capacity,
        [.. _held.Where(each => each.Value.Agent == served.Agent).Select(static each => each.Key)]));

    private sealed class HeldStep(string agent, StepOutbox outbox)
    {
        private string? _ticket;

        public string Agent => agent;

        public StepOutbox Outbox => outbox;

        /// <summary>Takes the newest ticket; gives the one before.</summary>
        public string? Rename(string? ticket) => Interlocked.Exchange(ref _ticket, ticket);
    }
}
