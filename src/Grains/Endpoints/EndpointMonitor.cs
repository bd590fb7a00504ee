using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Endpoints;

/// <summary>
/// The health of an agent's HTTP endpoint: by its runs, and while a listed agent is not called, by asking its origin now and
/// then.
/// </summary>
internal sealed class EndpointMonitor(
    Activation activation,
    DurableState<AgentRecord> agent,
    EndpointBreaker breaker,
    IGrainFactory grains,
    TimeProvider clock,
    EndpointOptions options)
{
    private const string Reminder = "health";

    private AgentRecord Record => agent.State;

    private bool IsWatched => Record is { Unlisted: false, Manifest.Transport: AgentTransports.Http };

    /// <summary>Records how a run at the endpoint ended.</summary>
    public void Count(StepKey step, StepEnd end)
    {
        var now = clock.GetUtcNow();
        (Record.Endpoint ??= new EndpointHealthRecord()).Count(end.Failure, now, options.RecentRuns);
        // A failure that the agent itself gives, or a delay that it asks for, shows that its endpoint works.
        breaker.End(step, EndpointFaults.IsEndpoints(end.Failure), now);
        agent.MarkChanged();
    }

    /// <summary>The health of the endpoint; null for an agent that is not called by HTTP.</summary>
    public EndpointHealth? View(AgentManifest manifest)
    {
        if (manifest is not { Transport: AgentTransports.Http, Endpoint: { } endpoint })
        {
            return null;
        }

        var known = Record.Endpoint;
        var (state, at) = EndpointStates.Of(known, breaker.Probing, breaker.RetryAt is not null, clock.GetUtcNow(), options);
        return new EndpointHealth(
            new Uri(endpoint).IdnHost,
            state,
            known?.LastSuccessAt,
            known?.LastFailureAt,
            known?.LastErrorKind,
            known?.FailureRate,
            breaker.RetryAt)
        {
            CheckedAt = at,
        };
    }

    /// <summary>Makes sure that there is a reminder to ask the origin.</summary>
    public async Task WatchAsync()
    {
        await Task.Yield();
        if (IsWatched && await activation.Grain.GetReminder(Reminder) is null)
        {
            await activation.Grain.RegisterOrUpdateReminder(Reminder, options.HealthPeriod, options.HealthPeriod);
        }
    }

    /// <summary>The reminder is due: asks the origin, or ends the reminder where there is nothing to watch any more.</summary>
    public async Task OnReminderAsync()
    {
        if (IsWatched)
        {
            await CheckAsync(Record.Manifest!);
        }
        else if (await activation.Grain.GetReminder(Reminder) is { } reminder)
        {
            await activation.Grain.UnregisterReminder(reminder);
        }
    }

    private async Task CheckAsync(AgentManifest manifest)
    {
        if (!EndpointStates.IsDue(Record.Endpoint, clock.GetUtcNow(), options)
            || !EndpointAddress.TryRead(manifest.Endpoint, options.AllowLoopback, out var address, out _)
            || await grains.Get<IProviderEndpointsGrain>(manifest.Provider).AnswersAsync(address.Id) is not { } answers)
        {
            return;
        }

        var known = Record.Endpoint ??= new EndpointHealthRecord();
        (known.CheckedAt, known.Answered) = (clock.GetUtcNow(), answers);
        agent.MarkChanged();
    }
}
