using Microsoft.Extensions.Logging;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Execution;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;
using Orleans.Streams;

namespace Orkestron.Grains.Execution;

/// <summary>Takes the steps that are sent on an agent's work stream: to run them, or to answer why they are not run.</summary>
internal sealed partial class WorkReceiver(
    Activation activation,
    DurableState<AgentRecord> agent,
    AgreedVersions versions,
    AgentDispatcher dispatcher,
    StepEndSender ends,
    ILogger logger) : IAsyncObserver<WorkItem>
{
    public Task OnNextAsync(WorkItem item, StreamSequenceToken? token = null)
    {
        if (agent.State.Manifest is null)
        {
            ends.Fail(item, WorkFailures.NotPublished);
        }
        else if (versions.Find(item.AgentVersion) is { } agreed)
        {
            dispatcher.Add(item, agreed);
        }
        else
        {
            ends.Fail(item, WorkFailures.NotKept(item));
        }

        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFault(logger, activation.Key, ex);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The work stream of {Agent} reported a fault.")]
    private static partial void LogStreamFault(ILogger logger, string agent, Exception fault);
}
