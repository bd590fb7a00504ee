using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;

namespace Orkestron.Grains.Agents;

// How the endpoint of a listed agent does while nobody calls it: its origin is asked now and then.
internal sealed partial class AgentGrain : IRemindable
{
    private const string HealthReminder = "health";

    private bool IsWatched => IsHttp && !Record.Unlisted;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!IsWatched)
        {
            if (await this.GetReminder(HealthReminder) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }

            return;
        }

        await CheckHealthAsync(Record.Manifest!);
    }

    private async Task CheckHealthAsync(AgentManifest manifest)
    {
        if (!EndpointStates.IsDue(Record.Endpoint, clock.GetUtcNow(), endpointOptions.Value)
            || !EndpointAddress.TryRead(manifest.Endpoint, endpointOptions.Value.AllowLoopback, out var address, out _)
            || await GrainFactory.Get<IProviderEndpointsGrain>(manifest.Provider).AnswersAsync(address.Id) is not { } answers)
        {
            return;
        }

        var known = Record.Endpoint ??= new EndpointHealthRecord();
        (known.CheckedAt, known.Answered) = (clock.GetUtcNow(), answers);
        _dirty = true;
    }

    private async Task WatchHealthAsync()
    {
        await Task.Yield();
        if (IsWatched && await this.GetReminder(HealthReminder) is null)
        {
            var period = endpointOptions.Value.HealthPeriod;
            await this.RegisterOrUpdateReminder(HealthReminder, period, period);
        }
    }
}
