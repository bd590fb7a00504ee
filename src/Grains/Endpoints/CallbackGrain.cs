using Microsoft.Extensions.Options;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orleans.Concurrency;

namespace Orkestron.Grains.Endpoints;

/// <summary>Opens the capability of a callback and brings what it says to its agent. Keeps nothing.</summary>
[GrainType("callback"), StatelessWorker, Reentrant]
internal sealed class CallbackGrain(CallbackTokens tokens, TimeProvider clock, IOptions<EndpointOptions> options)
    : Grain, ICallbackGrain
{
    public async Task<Outcome<CallbackTaken>> TakeAsync(string token, Payload body)
    {
        if (await tokens.OpenAsync(token) is not { } grant)
        {
            return Refuse.With(
                RefusalCode.NotFound, "No step has this callback. Use the address of the request's 'callback' as it came.");
        }

        if (clock.GetUtcNow() >= grant.Until)
        {
            return Refuse.With(RefusalCode.CallbackOver, "The step's deadline has passed: nobody waits for it any more.");
        }

        var json = ToldJson.TryParse(body.Utf8, out var parsed) ? parsed.Value : default;
        var (told, fault) = ToldEvent.Read(null, json, options.Value.MaxRetryAfter);
        if (told is null)
        {
            return Refuse.With(RefusalCode.Invalid, fault!);
        }

        var agent = GrainFactory.Get<IEndpointAgentGrain>(grant.Agent);
        if (told.Ends)
        {
            return await agent.EndAsync(new StepHandedIn(grant.Step, grant.SentAt, told.Output, told.Failure));
        }

        await agent.ReportAsync(new StepReported(grant.Step, told.Percent, told.Message, told.Text));
        return new CallbackTaken(false);
    }
}
