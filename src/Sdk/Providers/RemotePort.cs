using System.Runtime.InteropServices;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Providers;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

/// <summary>Connects a step in this process with its task, by messages that are retried.</summary>
internal sealed partial class RemotePort(
    RunningStep step, HubLink link, PendingCalls calls, ValueBatcher values, ProgressReporter reports, HttpClient http,
    TimeProvider clock) : IStepPort
{
    // Leaves room for the other fields in a message of 4 MiB.
    private const int MaxContent = 4_000_000;

    public void Progress(double? percent, string message) => reports.Progress(step, percent, message);

    public void Write(string text) => reports.Write(step, text);

    public Task<Recorded> CallAsync(
        string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken) =>
        calls.CallAsync(step, key, agent, Checked(input), options, cancellationToken);

    public async Task<RecordedWait> WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken)
    {
        var result = await RecordAsync(key, "wait", delay.TotalSeconds, null, cancellationToken).ConfigureAwait(false);
        return new RecordedWait(result.At!.Value);
    }

    public async Task<Recorded?> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken) =>
        Of(await RecordAsync(key, "question", null, question.ToJson(), cancellationToken).ConfigureAwait(false));

    public async Task<Recorded?> ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken)
    {
        if (value is null && step.Values.IsNew(key))
        {
            return null;
        }

        return value is { } given
            && await values.AddAsync(step, key, Checked(given), cancellationToken).ConfigureAwait(false) is { } recorded
                ? recorded
                : Of(await RecordAsync(key, "value", null, value, cancellationToken).ConfigureAwait(false));
    }

    public Task DurableAsync(CancellationToken cancellationToken) => values.ConfirmAsync(step, cancellationToken);

    public async Task CancelAsync(string keyPrefix, CancellationToken cancellationToken)
    {
        await DurableAsync(cancellationToken).ConfigureAwait(false);
        await link.InvokeAsync<object?>(ProviderHubNames.CancelCalls, () => [step.Ticket, keyPrefix], cancellationToken)
            .ConfigureAwait(false);
    }

    private static Recorded? Of(StepHistoryResult result) =>
        result is { At: { } at, Value: { } value } ? new Recorded(value, at) : null;

    private async Task<StepHistoryResult> RecordAsync(
        string key, string kind, double? seconds, JsonElement? content, CancellationToken stop)
    {
        if (content is { } given)
        {
            Checked(given);
        }

        await DurableAsync(stop).ConfigureAwait(false);
        var result = await link.InvokeAsync<StepHistoryResult>(
            ProviderHubNames.Mark, () => [new StepHistoryRequest(step.Ticket, key, kind, seconds, content)], stop).ConfigureAwait(false);
        return result.Failure is { } failure ? throw Failed(failure) : result;
    }

    /// <exception cref="AgentFailedException">It is not valid JSON text, or too large.</exception>
    private static JsonElement Checked(JsonElement content)
    {
        if (JsonForm.Fault(content) is { } fault)
        {
            throw new AgentFailedException($"What the agent asks for cannot be taken: {fault}") { Code = "value_invalid" };
        }

        return JsonMarshal.GetRawUtf8Value(content).Length <= MaxContent
            ? content
            : throw new AgentFailedException($"What the agent asks for has more than {MaxContent:N0} bytes.") { Code = "value_too_large" };
    }

    private static AgentFailedException Failed(AgentFailure failure) =>
        new(failure.Message) { Code = failure.Code, Retryable = failure.Retryable };
}
