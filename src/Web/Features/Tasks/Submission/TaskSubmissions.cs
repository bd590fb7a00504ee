using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Submission;

/// <summary>Submits and quotes tasks, for the API and the pages.</summary>
internal sealed class TaskSubmissions(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>The longest idempotency key, in characters.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>Submits a task to an agent.</summary>
    /// <param name="userId">Who pays and owns it.</param>
    /// <param name="agent">Provider and name.</param>
    /// <param name="input">The input.</param>
    /// <param name="budget">The most that is put on hold; null for the default of the agent.</param>
    /// <param name="deadline">When it fails if it has not ended; null for the default.</param>
    /// <param name="idempotencyKey">1 to 255 characters: the same key and request return the same task. Null for a new task.</param>
    /// <param name="version">A version of the agent, for tests by its provider; null for the version that others get.</param>
    /// <param name="agreedPrice">The most that the run may cost; null for the current price.</param>
    /// <param name="agreedHold">The most that may be put on hold; null for the current amount.</param>
    /// <param name="terms">What else is asked for; null for nothing.</param>
    public Task<Outcome<TaskView>> SubmitAsync(
        Guid userId,
        string agent,
        JsonElement input,
        Tokens? budget,
        DateTimeOffset? deadline,
        string? idempotencyKey,
        string? version = null,
        Tokens? agreedPrice = null,
        Tokens? agreedHold = null,
        TaskTerms? terms = null) => SubmitAsync(
            new SubmitTask(userId, agent, input.ToPayload(), budget?.Micro, deadline)
            {
                Version = version,
                AgreedPriceMicro = agreedPrice?.Micro,
                AgreedHoldMicro = agreedHold?.Micro,
                Terms = terms,
            },
            idempotencyKey);

    /// <summary>
    /// Submits the input of a task again as a new task. From step 1, everything runs again, possibly on a newer version of the agent;
    /// from a later step, the recorded results of the earlier steps are reused. Unless another price is agreed, it costs at most as
    /// much as the first task.
    /// </summary>
    public async Task<Outcome<TaskView>> RetryAsync(
        Guid userId, Guid taskId, int fromStep, string? idempotencyKey, Tokens? agreedPrice = null)
    {
        var before = await grains.GetGrain<ITaskGrain>(taskId).GetAsync(userId);
        if (!before.Accepted)
        {
            return before;
        }

        return before.Value.Input is { } input
            ? await SubmitAsync(
                new SubmitTask(userId, before.Value.Agent, input, null, null)
                {
                    RetryFrom = new StepRef(taskId, fromStep),
                    Terms = before.Value.Terms,
                    AgreedPriceMicro = agreedPrice?.Micro ?? before.Value.Steps.FirstOrDefault()?.PriceMicro,
                },
                idempotencyKey)
            : Refuse.With(RefusalCode.Invalid, "The input of the task was erased, so it cannot be run again.");
    }

    private Task<Outcome<TaskView>> SubmitAsync(SubmitTask command, string? idempotencyKey) => idempotencyKey is null
        ? grains.SubmitNewTaskAsync(command, clock)
        : grains.SubmitTaskAsync(TaskIds.Derive(command.UserId, idempotencyKey), command);

    /// <summary>The price of a run, and whether the wallet covers it.</summary>
    public async Task<Outcome<TaskQuote>> QuoteAsync(Guid userId, string agent, JsonElement input, string? version = null)
    {
        var found = await grains.GetGrain<IAgentGrain>(agent).ChooseAsync(null, userId, version);
        if (found.Value is not { } manifest)
        {
            return found.Refusal!;
        }

        var bytes = input.ToPayload().Length;
        if (bytes > manifest.MaxInputBytes)
        {
            return Refuse.With(
                RefusalCode.TooLarge,
                $"The input has {bytes:N0} bytes; {manifest.Key} takes at most {manifest.MaxInputBytes:N0}.");
        }

        var wallet = await grains.GetGrain<IWalletGrain>(userId).GetAsync();
        var held = manifest.Price.HoldMicro(bytes);
        return new TaskQuote(
            manifest.Key,
            manifest.Version,
            bytes,
            new Tokens(manifest.Price.QuoteMicro(bytes)),
            new Tokens(held),
            new Tokens(wallet.AvailableMicro),
            new Tokens(Math.Max(0, held - wallet.AvailableMicro)));
    }
}
