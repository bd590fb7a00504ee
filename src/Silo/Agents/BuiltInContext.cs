using System.Globalization;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Agents;

namespace Orkestron.Silo.Agents;

/// <summary>What a built-in agent can do while it runs.</summary>
internal sealed class BuiltInContext(
    StepWork work, IRunReporter reporter, ITaskStepsGrain task, TimeProvider clock) : IAgentContext
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private int _calls = -1;

    public string TaskId { get; } = work.TaskId.ToString();

    public string StepId { get; } = work.StepId.ToString(CultureInfo.InvariantCulture);

    public int Attempt => work.Attempt;

    public TimeProvider Clock => clock;

    public void Progress(double? percent, string message) => reporter.Progress(percent, message);

    public void Write(string text) => reporter.Write(text);

    // Not async: the call's number is taken when the agent makes the call, in the order of its code.
    public Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken) =>
        CallAsync(
            new StepCall(
                work.StepId,
                Interlocked.Increment(ref _calls),
                agent,
                new Payload(JsonSerializer.SerializeToUtf8Bytes(input))),
            cancellationToken);

    private async Task<JsonElement> CallAsync(StepCall call, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                var result = await task.CallAgentAsync(call).WaitAsync(cancellationToken);
                if (!result.Ended)
                {
                    continue;
                }

                return result.Output is { } output
                    ? JsonSerializer.Deserialize<JsonElement>(output.Utf8)
                    : throw new AgentFailedException(result.Failure!.Message) { Code = result.Failure.Code };
            }
            catch (Exception fault) when (fault is not (AgentFailedException or OperationCanceledException))
            {
                // The task's silo was lost, or its store is down: the call has a number, so it is made once however often sent.
                await Task.Delay(wait, clock, cancellationToken);
                wait = wait * 2 < MaxWait ? wait * 2 : MaxWait;
            }
        }
    }
}
