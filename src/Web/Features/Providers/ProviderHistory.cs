using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Web.Features.Providers;

/// <summary>Records timers, questions and side effects of remote orchestrators with their task.</summary>
internal sealed class ProviderHistory(IGrainFactory grains)
{
    /// <summary>The longest key of a call or a recorded value within a step, in characters.</summary>
    public const int MaxKey = 200;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(365);

    /// <exception cref="HubException">The request is malformed.</exception>
    public async Task<StepHistoryResult> TakeAsync(StepTicket ticket, StepHistoryRequest mark)
    {
        var kind = mark.Kind switch
        {
            "wait" => HistoryKind.Timer,
            "question" => HistoryKind.Question,
            "value" => HistoryKind.Value,
            _ => throw new HubException("invalid: A kind is wait, question or value."),
        };
        CheckKey(mark.Key);
        if (mark.DelaySeconds is { } seconds && !(seconds >= 0 && seconds <= MaxDelay.TotalSeconds))
        {
            throw new HubException($"invalid: A wait takes 0 to {MaxDelay.TotalDays} days.");
        }

        var request = new HistoryRequest(
            ticket.Step.StepId,
            mark.Key,
            kind,
            mark.DelaySeconds is { } delay ? TimeSpan.FromSeconds(delay) : null,
            mark.Content?.ToValidPayload())
        {
            Attempt = ticket.Step.Attempt,
        };
        return (await grains.Get<ITaskStepsGrain>(ticket.Step.TaskId).RecordAsync(request)).ToHistoryResult();
    }

    /// <exception cref="HubException">The prefix is malformed.</exception>
    public Task CancelAsync(StepTicket ticket, string keyPrefix)
    {
        CheckKey(keyPrefix);
        return grains.Get<ITaskStepsGrain>(ticket.Step.TaskId).CancelScopeAsync(
            new CancelScope(ticket.Step.StepId, keyPrefix, ticket.Step.Attempt));
    }

    private static void CheckKey(string? key)
    {
        if (key is not { Length: > 0 and <= MaxKey })
        {
            throw new HubException($"invalid: A key has 1 to {MaxKey} characters.");
        }
    }
}
