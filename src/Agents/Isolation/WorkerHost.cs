using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>The child's side: takes calls from the pipe, one at a time, and sends back how they end.</summary>
internal sealed class WorkerHost(IServiceProvider agents, Pipe node)
{
    /// <summary>The largest message from the node, in bytes: an input, or a part of a file.</summary>
    public const int MaxMessage = 64 << 20;

    private volatile PipeContext? _current;

    /// <summary>Reads the pipe to its end. The calls run beside, so that a word from the node is heard at any time.</summary>
    public void Run(Stream input)
    {
        node.Send(FrameKind.Ready);
        while (Frame.Read(input, MaxMessage) is { Kind: not FrameKind.None } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Run:
                    var context = new PipeContext(node, Pipe.Read<RunMessage>(frame.Content));
                    _current = context;
                    _ = Task.Run(() => CallAsync(context));
                    break;
                case FrameKind.Cancel:
                    _ = _current?.CancelAsync();
                    break;
                default:
                    _current?.Take(frame.Kind, frame.Content);
                    break;
            }
        }
    }

    private async Task CallAsync(PipeContext context)
    {
        try
        {
            var run = context.Run;
            var agent = agents.GetRequiredKeyedService<IAgent>(run.Agent);
            var answer = await agent.RunAsync(run.Input, context, context.Cancelled);
            node.Send(FrameKind.Answer, JsonSerializer.SerializeToUtf8Bytes(answer));
        }
        catch (IOException)
        {
            // The node has ended; the other pipe ends as well.
        }
        catch (Exception fault)
        {
            node.SendJson(FrameKind.End, End(fault));
        }
        finally
        {
            context.Dispose();
        }
    }

    private static EndMessage End(Exception fault) => fault switch
    {
        AgentRefusedException refused => new EndMessage(EndKind.Refused, refused.Code, refused.Message),
        AgentFailedException failed =>
            new EndMessage(EndKind.Failed, failed.Code, failed.Message, failed.Retryable, failed.RetryAfter),
        OperationCanceledException => new EndMessage(EndKind.Cancelled, "", ""),
        OutOfMemoryException => new EndMessage(EndKind.OutOfMemory, "", ""),
        _ => new EndMessage(EndKind.Fault, fault.GetType().Name, fault.Message),
    };
}
