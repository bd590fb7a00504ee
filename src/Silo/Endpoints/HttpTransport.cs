using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Endpoints;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Endpoints;
using Orkestron.Grains.Execution;
using Orkestron.Silo.Faults;
using Polly;
using Polly.Retry;

namespace Orkestron.Silo.Endpoints;

/// <summary>Runs agents behind HTTP endpoints, which answer at once, as a stream, or later by callback.</summary>
internal sealed partial class HttpTransport(
    EndpointCalls calls,
    EndpointAnswers answers,
    EndpointRuns runs,
    CallbackTokens tokens,
    CallbackAddress callbacks,
    IGrainFactory grains,
    GrainRetry retry,
    TimeProvider clock,
    IOptions<EndpointOptions> options,
    ILogger<HttpTransport> logger) : IAgentTransport
{
    private readonly ResiliencePipeline _cancels = Cancels(options.Value, clock);

    public string Name => AgentTransports.Http;

    public async Task<AgentAnswer> RunAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken)
    {
        using var run = runs.Add(work.Key, reporter);
        try
        {
            // Accepted before a restart: the endpoint is working on it and needs no second call.
            var task = grains.Get<ITaskStepsGrain>(work.TaskId);
            if (await retry.SendAsync(() => task.AcceptedAsync(work.StepId), cancellationToken) is { } accepted
                && accepted.Attempt == work.Attempt)
            {
                return await LaterAsync(accepted, manifest, cancellationToken);
            }

            return await CallAsync(work, manifest, reporter, cancellationToken)
                ?? await TakenOverAsync(work, manifest, cancellationToken);
        }
        catch (EndpointFault fault)
        {
            return Failed(fault);
        }
        catch (AgentFailedException failed)
        {
            return Failed(new EndpointFault(failed.Code, failed.Message, failed.Retryable));
        }
    }

    public async Task AbandonAsync(AgentManifest manifest, Guid taskId, int stepId)
    {
        try
        {
            if (await grains.Get<ITaskStepsGrain>(taskId).AcceptedAsync(stepId) is { } accepted)
            {
                await TellCanceledAsync(new StepKey(taskId, stepId, accepted.Attempt, 0), manifest);
            }
        }
        catch (Exception fault)
        {
            // Best effort: the endpoint also learns of the cancellation from its callback.
            LogNotNotified(logger, manifest.Key, stepId, taskId, fault);
        }
    }

    /// <summary>Calls the endpoint; null when it accepted the step for a later answer.</summary>
    private async Task<AgentAnswer?> CallAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = work.Deadline < now + manifest.Timeout ? work.Deadline : now + manifest.Timeout;
        var step = work.Key;
        var callback = await CallbackAsync(new CallbackGrant(work.Agent, step, now, until));
        var call = new EndpointCall(
            TaskPseudonym.Of(work.Agent, work.TaskId),
            work.StepId,
            work.Attempt,
            work.Agent,
            work.AgentVersion,
            System.Text.Json.JsonElement.Parse(work.Input.Utf8),
            until,
            callback,
            Files(work, callback));
        using var answer = await calls.PostAsync(
            manifest.Provider, manifest.Endpoint!, MessageId(work.Agent, step), call, cancellationToken);
        var read = await answers.ReadAsync(answer, reporter, cancellationToken);
        return read is null && call.Callback is null
            ? throw new EndpointFault(
                "endpoint_no_callback", "The endpoint answered 202, but the platform has no address for callbacks.", false)
            : read;
    }

    private async Task<AgentAnswer> TakenOverAsync(WorkItem work, AgentManifest manifest, CancellationToken cancellationToken)
    {
        // Idempotent.
        var task = grains.Get<ITaskStepsGrain>(work.TaskId);
        var accepted = await retry.SendAsync(() => task.AcceptAsync(work.StepId, work.Attempt), cancellationToken);
        if (accepted is null)
        {
            // The step has already ended, by callback or cancellation.
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }

        grains.Get<IEndpointAgentGrain>(work.Agent).AcceptedAsync(work.Key).Ignore();
        return await LaterAsync(accepted!, manifest, cancellationToken);
    }

    /// <summary>Waits for the timeout. The result comes by callback, through the agent's grain.</summary>
    private async Task<AgentAnswer> LaterAsync(StepAccepted accepted, AgentManifest manifest, CancellationToken cancellationToken)
    {
        var left = accepted.At + manifest.Timeout - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock, cancellationToken);
        }

        return Failed(new EndpointFault(
            "timeout", $"The endpoint accepted the step and did not complete it within {manifest.Timeout.TotalSeconds:0.#} seconds.", true));
    }

    private async Task TellCanceledAsync(StepKey step, AgentManifest manifest)
    {
        var message = new EndpointCancel(
            "step.canceled", TaskPseudonym.Of(manifest.Key, step.TaskId), step.StepId, step.Attempt, manifest.Key);
        await _cancels.ExecuteAsync(
            async stop =>
            {
                using var answer = await calls.PostAsync(
                    manifest.Provider, manifest.Endpoint!, $"{MessageId(manifest.Key, step)}_canceled", message, stop);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new EndpointFault("endpoint_error", $"The endpoint answered {(int)answer.StatusCode}.", true);
                }
            },
            CancellationToken.None);
    }

    private async Task<Uri?> CallbackAsync(CallbackGrant grant) =>
        callbacks.Find() is { } address ? new Uri(address, $"/api/v1/callbacks/{await tokens.SealAsync(grant)}") : null;

    private static List<EndpointFile>? Files(WorkItem work, Uri? callback)
    {
        var files = callback is null ? [] : ArtifactReference.In(work.Input.Utf8).Select(static each => each.Id).Distinct()
            .Select(id => new EndpointFile(ArtifactReference.Of(id), new Uri($"{callback}/artifacts/{id}"))).ToList();
        return files.Count == 0 ? null : files;
    }

    private static ResiliencePipeline Cancels(EndpointOptions options, TimeProvider clock) => options.CancelTries <= 1
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<EndpointFault>(),
                MaxRetryAttempts = options.CancelTries - 1,
                Delay = options.CancelPause,
            })
            .Build();

    // The same for each retry of an attempt, and no clue to the task for other providers.
    private static string MessageId(string agent, StepKey step) =>
        $"msg_{DerivedId.Of($"webhook\n{agent}\n{step.TaskId:N}\n{step.StepId}\n{step.Attempt}"):N}";

    private static AgentAnswer Failed(EndpointFault fault) =>
        new(null, new StepFailure(fault.Code, fault.Message, fault.Retryable, false, null));

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The endpoint of {Agent} could not be notified that step {StepId} of task {TaskId} is cancelled.")]
    private static partial void LogNotNotified(ILogger logger, string agent, int stepId, Guid taskId, Exception fault);
}
