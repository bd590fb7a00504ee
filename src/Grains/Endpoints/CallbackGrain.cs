using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orleans.Concurrency;

namespace Orkestron.Grains.Endpoints;

/// <summary>Opens the token of a callback and passes the event on to its agent. Keeps no state.</summary>
[GrainType("callback"), StatelessWorker, Reentrant]
internal sealed class CallbackGrain(CallbackTokens tokens, TimeProvider clock, IOptions<EndpointOptions> options)
    : Grain, ICallbackGrain
{
    public async Task<Outcome<CallbackTaken>> TakeAsync(string token, Payload body)
    {
        var (grant, refusal) = await GrantAsync(token);
        if (grant is null)
        {
            return refusal!;
        }

        if (!UntrustedJson.TryParse(body.Utf8, out var json, out var wrong))
        {
            return Refuse.With(RefusalCode.Invalid, $"The event {wrong.TrimEnd('.')}. An event is a JSON object with a type.");
        }

        var (parsed, fault) = ParsedEndpointEvent.Read(null, json.Value, options.Value.MaxRetryAfter);
        if (parsed is null)
        {
            return Refuse.With(RefusalCode.Invalid, fault!);
        }

        var agent = GrainFactory.Get<IEndpointAgentGrain>(grant.Agent);
        if (parsed.Ends)
        {
            return await agent.EndAsync(new StepRunResult(grant.Step, grant.SentAt, parsed.Output, parsed.Failure));
        }

        await agent.ReportAsync(new StepReported(grant.Step, parsed.Percent, parsed.Message, parsed.Text));
        return new CallbackTaken(false);
    }

    public async Task<Outcome<CallbackStep>> OpenAsync(string token)
    {
        var (grant, refusal) = await GrantAsync(token);
        return grant is null ? refusal! : new CallbackStep(grant.Step);
    }

    private async ValueTask<(CallbackGrant? Grant, Refusal? Refusal)> GrantAsync(string token)
    {
        if (await tokens.OpenAsync(token) is not { } grant)
        {
            return (null, Refuse.With(
                RefusalCode.NotFound, "No step has this callback. Use the address of the request's 'callback' as it came."));
        }

        return clock.GetUtcNow() < grant.Until
            ? (grant, null)
            : (null, Refuse.With(
                RefusalCode.CallbackOver, "The step's deadline has passed: nobody waits for it any more."));
    }
}
