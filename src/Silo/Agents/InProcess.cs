using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;
using Orkestron.Silo.Artifacts;
using Orkestron.Silo.Faults;
using Orkestron.Workflow;

namespace Orkestron.Silo.Agents;

/// <summary>Runs an agent's code in this process, and converts its result or exception.</summary>
internal sealed class InProcess(
    IGrainFactory grains, ArtifactFiles files, GrainRetry retry, TimeProvider clock, IOptions<AgentOptions> options)
{
    public async Task<AgentAnswer> RunAsync(
        WorkItem work, IRunReporter reporter, Func<JsonElement, IAgentContext, Task<JsonElement>> run)
    {
        var port = new BuiltInPort(work, reporter, grains.Get<ITaskStepsGrain>(work.TaskId), files, retry);
        var answer = await RunAsync(work, port, run);
        return answer with { Early = port.Early };
    }

    private async Task<AgentAnswer> RunAsync(
        WorkItem work, BuiltInPort port, Func<JsonElement, IAgentContext, Task<JsonElement>> run)
    {
        using var input = JsonDocument.Parse(work.Input.Utf8);
        var context = new StepContext(
            new StepIdentity(
                work.TaskId.ToString(),
                work.StepId.ToString(CultureInfo.InvariantCulture),
                work.Attempt,
                work.RequestedAt,
                clock,
                options.Value.SuspendAfter)
            { Undoing = work.Undoing },
            port);
        try
        {
            var output = await run(input.RootElement, context);
            if (JsonForm.Fault(output) is { } fault)
            {
                return Invalid(fault);
            }

            return new AgentAnswer(new Payload(JsonSerializer.SerializeToUtf8Bytes(output)), null) { Asked = context.Asked() };
        }
        catch (AgentSuspendedException)
        {
            return AgentAnswer.Suspended;
        }
        catch (AgentRefusedException refused)
        {
            return new AgentAnswer(
                null,
                new StepFailure(refused.Code, StepFailure.Cut(refused.Message), false, true, null))
            { OwnFailure = true };
        }
        catch (AgentFailedException failed)
        {
            return new AgentAnswer(
                null, new StepFailure(failed.Code, StepFailure.Cut(failed.Message), failed.Retryable, false, failed.RetryAfter))
            { OwnFailure = true };
        }
        catch (JsonException)
        {
            // The output is nested deeper than JSON is read here.
            return Invalid($"It is nested more than {JsonForm.MaxDepth} deep.");
        }
    }

    private static AgentAnswer Invalid(string fault) => new(
        null, new StepFailure("output_invalid", $"The agent's answer cannot be taken: {fault}", false, false, null));
}
