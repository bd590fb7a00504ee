using System.Collections.Immutable;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;
using Orkestron.Silo.Artifacts;
using Orkestron.Silo.Faults;
using Orkestron.Workflow;

namespace Orkestron.Silo.Agents;

/// <summary>
/// Connects an agent in this process with its task, by calls of the task's grain that are retried. Each has a key, so that
/// it takes effect once.
/// </summary>
internal sealed partial class BuiltInPort(
    WorkItem work, IRunReporter reporter, ITaskStepsGrain task, ArtifactFiles files, GrainRetry retry) : IStepPort
{
    private readonly EarlyAnswerLog _early = new();

    /// <summary>Results that were returned before they were durable.</summary>
    public ImmutableArray<EarlyAnswers> Early => _early.All();

    public void Progress(double? percent, string message) => reporter.Progress(percent, message);

    public void Write(string text) => reporter.Write(text);

    public async Task<Recorded> CallAsync(
        string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken)
    {
        var call = new StepCall(work.StepId, key, agent, Json(input))
        {
            BudgetMicro = options.Budget?.Micro,
            Role = options.Role,
            Attempt = work.Attempt,
            UndoneBy = options.Undo is { } undo ? [.. undo.By] : [],
            StaysOnCancel = options.Undo is { StaysOnCancel: true },
            Undoes = options.Undo?.Of,
        };
        StepCallResult result;
        do
        {
            result = await retry.SendAsync(() => task.CallAgentAsync(call), cancellationToken);
        }
        while (result is { Ended: false, Waits: false });
        if (!result.Ended)
        {
            // The run is suspended, and continued when the call has ended.
            throw new AgentSuspendedException();
        }

        if (result.Early is { } activation)
        {
            _early.Note(activation, key);
        }

        return result.Output is { } output
            ? new Recorded(Json(output), result.At) { Undoable = result.Undoable }
            : throw Failed(result.Failure!, result.At);
    }

    public async Task<Recorded?> UndoAsync(string key, string undoKey, CancellationToken cancellationToken)
    {
        StepCallResult result;
        do
        {
            result = await retry.SendAsync(
                () => task.UndoCallAsync(new UndoCall(work.StepId, key, undoKey, work.Attempt)), cancellationToken);
        }
        while (result is { Ended: false, Waits: false });
        return result switch
        {
            { Ended: false } => throw new AgentSuspendedException(),
            { Output: { } output } => Json(output) is { ValueKind: JsonValueKind.Object } told ? new Recorded(told, result.At) : null,
            _ => throw Failed(result.Failure!, result.At),
        };
    }

    public async Task ReserveUndoAsync(string key, UndoTerms terms, CancellationToken cancellationToken)
    {
        var command = new UndoReservation(work.StepId, key, [.. terms.By], terms.StaysOnCancel, work.Attempt);
        if ((await retry.SendAsync(() => task.ReserveUndoAsync(command), cancellationToken)).Failure is { } failure)
        {
            throw Failed(failure);
        }
    }

    public async Task<RecordedWait> WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken)
    {
        var result = await RecordAsync(new HistoryRequest(work.StepId, key, HistoryKind.Timer, delay, null), cancellationToken);
        return new RecordedWait(result.At!.Value);
    }

    public Task<Recorded?> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken) => RecordedAsync(
        new HistoryRequest(work.StepId, key, HistoryKind.Question, null, Json(question.ToJson())), cancellationToken);

    public Task<Recorded?> ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken) => RecordedAsync(
        new HistoryRequest(work.StepId, key, HistoryKind.Value, null, value is { } given ? Json(given) : null), cancellationToken);

    public async Task CancelAsync(string keyPrefix, CancellationToken cancellationToken) => await retry.SendAsync(
        async () =>
        {
            await task.CancelScopeAsync(new CancelScope(work.StepId, keyPrefix, work.Attempt));
            return true;
        },
        cancellationToken);

    private async Task<Recorded?> RecordedAsync(HistoryRequest request, CancellationToken cancellationToken)
    {
        var result = await RecordAsync(request, cancellationToken);
        return result is { At: { } at, Value: { } value } ? new Recorded(Json(value), at) : null;
    }

    private async Task<HistoryResult> RecordAsync(HistoryRequest request, CancellationToken cancellationToken)
    {
        var result = await retry.SendAsync(() => task.RecordAsync(request with { Attempt = work.Attempt }), cancellationToken);
        return result.Failure is { } failure ? throw Failed(failure) : result;
    }

    private static AgentFailedException Failed(StepFailure failure, DateTimeOffset? at = null) =>
        new(failure.Message) { Code = failure.Code, At = at };

    private static Payload Json(JsonElement element) => JsonForm.Fault(element) is { } fault
        ? throw new AgentFailedException($"What the agent asks for cannot be taken: {fault}") { Code = "value_invalid" }
        : new Payload(JsonSerializer.SerializeToUtf8Bytes(element));

    private static JsonElement Json(Payload payload) => JsonSerializer.Deserialize<JsonElement>(payload.Utf8);
}
