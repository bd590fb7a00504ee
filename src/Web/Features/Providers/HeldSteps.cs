using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orkestron.Domain;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Web.Features.Providers;

/// <summary>The steps that one connection holds: their tickets and what they report. Thread-safe.</summary>
internal sealed class HeldSteps(IGrainFactory grains, StepTickets tickets, TimeProvider clock, ProviderHubOptions options)
{
    private readonly ConcurrentDictionary<StepKey, HeldStep> _steps = new();
    private readonly ConcurrentDictionary<string, StepTicket> _opened = new(StringComparer.Ordinal);

    public int Count => _steps.Count;

    public bool Contains(StepKey step) => _steps.ContainsKey(step);

    /// <summary>The steps of an agent.</summary>
    public ImmutableArray<StepKey> Of(string agent) =>
        [.. _steps.Where(each => each.Value.Agent == agent).Select(static each => each.Key)];

    /// <summary>Opens a ticket. The newest ticket of a step that the connection holds is known without decrypting it.</summary>
    public bool TryOpen(string? text, [NotNullWhen(true)] out StepTicket? ticket)
    {
        ticket = null;
        return (text is not null && _opened.TryGetValue(text, out ticket)) || tickets.TryOpen(text, out ticket);
    }

    /// <summary>Adds a step that is handed to the process now.</summary>
    /// <returns>The sealed ticket.</returns>
    public string Add(StepTicket ticket)
    {
        var text = tickets.Seal(ticket);
        if (Add(ticket.Agent, ticket.Step).Replace(text) is { } before)
        {
            _opened.TryRemove(before, out _);
        }

        _opened[text] = ticket;
        return text;
    }

    /// <summary>Adds a step that the process runs already.</summary>
    public HeldStep Add(string agent, StepKey step) => _steps.GetOrAdd(
        step, key => new HeldStep(agent, new StepOutbox(key, grains.GetGrain<IProviderAgentGrain>(agent), clock, options)));

    /// <summary>What the step reports; null when the connection does not hold it.</summary>
    public StepOutbox? Outbox(StepKey step) => _steps.GetValueOrDefault(step)?.Outbox;

    /// <summary>Removes a step.</summary>
    /// <returns>Its agent; null when the connection did not hold it.</returns>
    public string? Remove(StepKey step)
    {
        if (!_steps.TryRemove(step, out var held))
        {
            return null;
        }

        if (held.Replace(null) is { } ticket)
        {
            _opened.TryRemove(ticket, out _);
        }

        return held.Agent;
    }

    /// <summary>A step that a connection holds.</summary>
    internal sealed class HeldStep(string agent, StepOutbox outbox)
    {
        private string? _ticket;

        public string Agent => agent;

        public StepOutbox Outbox => outbox;

        /// <summary>Sets the newest ticket.</summary>
        /// <returns>The ticket before.</returns>
        public string? Replace(string? ticket) => Interlocked.Exchange(ref _ticket, ticket);
    }
}
