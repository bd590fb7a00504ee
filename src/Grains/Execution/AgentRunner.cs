using Microsoft.Extensions.Options;
using Orkestron.Contracts.Common;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Schemas;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>Runs one attempt through its transport, off the grain's scheduler, and checks what comes back.</summary>
internal sealed class AgentRunner(
    IEnumerable<IAgentTransport> transports,
    IGrainFactory grains,
    TimeProvider clock,
    IOptions<AgentOptions> options,
    IOptions<TaskOptions> taskOptions)
{
    private readonly Dictionary<string, IAgentTransport> _transports =
        transports.ToDictionary(static transport => transport.Name, StringComparer.Ordinal);

    /// <summary>Runs an attempt. Gives how it ended; null when it was cancelled.</summary>
    /// <param name="run">The attempt.</param>
    /// <param name="transport">The transport of this run; null for the one that its manifest names.</param>
    public Task<StepEnd?> RunAsync(AgentRun run, IAgentTransport? transport = null) => Task.Run(async () =>
    {
        run.StartedAt = clock.GetUtcNow();
        var answer = await AnswerAsync(run, run.Manifest, transport);
        return run.Unwanted.IsCancellationRequested
            ? null
            : End(run.Work.Key, run.StartedAt, clock.GetUtcNow(), answer, run.Continues);
    });

    /// <summary>The end of an attempt that answered without being waited for.</summary>
    public StepEnd EndOf(StepRunResult answered, AgentManifest manifest)
    {
        var now = clock.GetUtcNow();
        return End(
            answered.Step,
            answered.StartedAt < now ? answered.StartedAt : now,
            now,
            Check(new AgentAnswer(answered.Output, answered.Failure) { Asked = answered.Asked, Values = answered.Values }, manifest),
            continues: true);
    }

    /// <summary>How many runs of one user an agent takes at once; null for as many as there are.</summary>
    public int? MaxPerUser(AgentManifest manifest) => _transports.GetValueOrDefault(manifest.Transport)?.MaxPerUser(manifest);

    /// <summary>A step is cancelled: an agent that still works on it is told so.</summary>
    public Task AbandonAsync(AgentManifest manifest, Guid taskId, int stepId) =>
        _transports.GetValueOrDefault(manifest.Transport)?.AbandonAsync(manifest, taskId, stepId) ?? Task.CompletedTask;

    private static StepEnd End(
        StepKey step, DateTimeOffset startedAt, DateTimeOffset endedAt, AgentAnswer answer, bool continues) => new()
        {
            StepId = step.StepId,
            Attempt = step.Attempt,
            Turn = step.Turn,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Output = answer.Output,
            Failure = answer.Failure,
            Suspended = answer is { Output: null, Failure: null },
            Asked = answer.Asked,
            Early = answer.Early,
            Values = answer.Values,
            OwnFailure = answer.OwnFailure,
            Continues = continues,
        };

    private async Task<AgentAnswer> AnswerAsync(AgentRun run, AgentManifest manifest, IAgentTransport? chosen)
    {
        var transport = chosen ?? _transports.GetValueOrDefault(manifest.Transport);
        if (transport is null)
        {
            return Failed("transport_unknown", $"This node cannot reach agents over '{manifest.Transport}'.", false);
        }

        var work = run.Work;
        var left = work.Deadline - clock.GetUtcNow();
        var time = left < manifest.Timeout ? left : manifest.Timeout;
        if (time <= TimeSpan.Zero)
        {
            return Failed("timeout", "The deadline passed before the agent began.", false);
        }

        using var reporter = new RunReporter(run, grains.Get<ITaskStepsGrain>(work.TaskId), clock, options.Value);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Unwanted);
        await using var timeout = clock.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), stop, time, Timeout.InfiniteTimeSpan);
        try
        {
            var answer = await transport.RunAsync(work, manifest, reporter, stop.Token).WaitAsync(stop.Token);
            // The output of undoing is the platform's and has no schema of the agent's.
            return work.Undoing ? answer : Check(answer, manifest);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Failed("timeout", $"The agent did not answer within {time.TotalSeconds:0.#} seconds.", true);
        }
        catch (Exception fault)
        {
            return Failed("agent_fault", $"The agent broke down: {fault.GetType().Name}.", true);
        }
    }

    private AgentAnswer Check(AgentAnswer answer, AgentManifest manifest)
    {
        if (answer.Output is not { } output)
        {
            return answer;
        }

        if (JsonForm.Fault(output.Utf8) is { } broken)
        {
            return NotTaken("output_invalid", $"The agent's answer cannot be taken: {broken}");
        }

        if (output.Length > taskOptions.Value.MaxOutputBytes)
        {
            return NotTaken(
                "output_too_large", $"The agent's answer has more than {taskOptions.Value.MaxOutputBytes:N0} bytes.");
        }

        var check = SchemaCheck.Judge(manifest.OutputSchema, output);
        return check.Errors.IsEmpty
            ? answer
            : NotTaken("output_invalid", $"The agent's answer breaks its own schema at '{check.Errors[0].Path}': {check.Sentence}");

        // What the run recorded stands.
        AgentAnswer NotTaken(string code, string message) => Failed(code, message, false) with { Values = answer.Values };
    }

    private static AgentAnswer Failed(string code, string message, bool retryable) =>
        new(null, new StepFailure(code, message, retryable, false, null));
}
