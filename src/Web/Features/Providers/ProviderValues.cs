using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Providers;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Providers;

/// <summary>Side effects that steps of a process have already continued with. Hostile: bounded here, and recorded in order up to
/// the first invalid one.</summary>
internal sealed class ProviderValues(IGrainFactory grains, IOptions<ProviderHubOptions> options)
{
    private const string Invalid = "value_invalid";

    public async Task<StepValuesResult> RecordAsync(StepTicket ticket, IReadOnlyList<StepValue>? given)
    {
        var (values, bad) = Read(given);
        var recorded = values.IsEmpty
            ? new RecordedValues(0, null)
            : await grains.Get<ITaskStepsGrain>(ticket.Step.TaskId)
                .RecordValuesAsync(new RecordValues(ticket.Step.StepId, ticket.Step.Attempt, values));
        return new StepValuesResult(recorded.Taken, (recorded.Failure ?? bad)?.ToAgentFailure());
    }

    /// <summary>The side effects that a call carries.</summary>
    /// <exception cref="HubException">One of them is invalid; nothing is done.</exception>
    public ImmutableArray<RunValue> OfCall(IReadOnlyList<StepValue>? given)
    {
        var (values, bad) = Read(given);
        return bad is null ? values : throw new HubException($"invalid: {bad.Message}");
    }

    /// <summary>An answer with the side effects that it carries; a failure when one of them is invalid.</summary>
    public StepRunResult Add(StepRunResult answer, IReadOnlyList<StepValue>? given)
    {
        var (values, bad) = Read(given);
        return bad is null ? answer with { Values = values } : answer with { Values = values, Output = null, Failure = bad };
    }

    private (ImmutableArray<RunValue> Values, StepFailure? Bad) Read(IReadOnlyList<StepValue>? given)
    {
        if (given is not { Count: > 0 })
        {
            return ([], null);
        }

        var limits = options.Value;
        if (given.Count > limits.MaxValues)
        {
            return ([], Failed($"One message carries at most {limits.MaxValues} values."));
        }

        var values = ImmutableArray.CreateBuilder<RunValue>(given.Count);
        var bytes = 0;
        foreach (var each in given)
        {
            if (Fault(each) is { } fault)
            {
                return (values.ToImmutable(), Failed($"A value cannot be recorded: {fault}"));
            }

            var content = each.Value.ToPayload();
            if ((bytes += content.Length) > limits.MaxValueBytes)
            {
                return (values.ToImmutable(), Failed($"The values of one message have at most {limits.MaxValueBytes:N0} bytes."));
            }

            values.Add(new RunValue(each.Key, content, each.At));
        }

        return (values.MoveToImmutable(), null);
    }

    private static string? Fault(StepValue? value) =>
        value is not { Key.Length: > 0 and <= ProviderHistory.MaxKey } ? $"It has a key of 1 to {ProviderHistory.MaxKey} characters."
        : JsonForm.Fault(value.Value);

    private static StepFailure Failed(string message) => new(Invalid, StepFailure.Cut(message), false, false, null);
}
