using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>The node's side of one call: passes on the child's progress and text, reads files for it, and knows its limits.</summary>
internal sealed class WorkerCall : IDisposable
{
    private readonly TaskCompletionSource<JsonElement> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pipe _pipe;
    private readonly IAgentContext _context;
    private readonly WorkerFile _file;
    private readonly IsolationOptions _options;
    private readonly TimeSpan _processorBefore;
    private readonly CancellationToken _cancellationToken;
    // A process runs in real time, whatever the clock of its caller says.
    private readonly long _started;
    private long _cancelled;
    private long _received;

    public WorkerCall(
        Pipe pipe,
        IAgentContext context,
        WorkerLimits limits,
        TimeSpan processorBefore,
        IsolationOptions options,
        CancellationToken cancellationToken)
    {
        (_pipe, _context, Limits, _processorBefore, _options) = (pipe, context, limits, processorBefore, options);
        _cancellationToken = cancellationToken;
        _file = new WorkerFile(pipe, context, cancellationToken);
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>What it may use.</summary>
    public WorkerLimits Limits { get; }

    /// <summary>Ends with the answer, or with why there is none.</summary>
    public Task<JsonElement> Answer => _answer.Task;

    /// <summary>Whether it has used so much that those that have just begun go before it.</summary>
    public bool TakesLong(ProcessUsage usage) =>
        usage.Processor() - _processorBefore > TimeSpan.FromMilliseconds(_options.StandBackMilliseconds);

    /// <summary>Which limit it is beyond, if any.</summary>
    public KillReason Exceeded(ProcessUsage usage)
    {
        var cancelled = Interlocked.Read(ref _cancelled);
        return _answer.Task.IsCompleted ? KillReason.None
            : usage.Memory() > Limits.MemoryMebibytes * (1L << 20) ? KillReason.Memory
            : usage.Processor() - _processorBefore > Limits.Processor ? KillReason.Processor
            : Stopwatch.GetElapsedTime(_started) > Limits.Clock ? KillReason.Clock
            : cancelled != 0 && Stopwatch.GetElapsedTime(cancelled) > TimeSpan.FromMilliseconds(_options.CancelMilliseconds)
            ? KillReason.Cancelled
            : KillReason.None;
    }

    /// <summary>Cancels the call: the child is asked to stop, and ended if it does not do so in time.</summary>
    public void Cancel()
    {
        Interlocked.CompareExchange(ref _cancelled, Stopwatch.GetTimestamp(), 0);
        try
        {
            _pipe.Send(FrameKind.Cancel);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The other pipe reports its end.
        }
    }

    /// <summary>Takes what the child sent; false when that is not what it may send.</summary>
    public bool Take(FrameKind kind, byte[] content)
    {
        // Its progress is coalesced elsewhere; here only the mass is held down.
        _received += content.Length + 64;
        if (_received > (long)_options.MaxMessageMebibytes << 20)
        {
            return false;
        }

        switch (kind)
        {
            case FrameKind.Progress:
                var progress = Pipe.Read<ProgressMessage>(content);
                _context.Progress(progress.Percent, progress.Message);
                return true;
            case FrameKind.Text:
                _context.Write(Encoding.UTF8.GetString(content));
                return true;
            case FrameKind.Open:
                return _file.Open(Pipe.Read<OpenMessage>(content).Reference);
            case FrameKind.Read:
                return _file.Read();
            case FrameKind.Close:
                return _file.Close();
            case FrameKind.Answer:
                using (var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 1_000 }))
                {
                    _answer.TrySetResult(document.RootElement.Clone());
                }

                return true;
            case FrameKind.End:
                var end = Pipe.Read<EndMessage>(content);
                Die(end.Kind == EndKind.Cancelled ? new OperationCanceledException(_cancellationToken) : CallFailures.Exception(end));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The call ends without an answer.</summary>
    public void Die(Exception why) =>
        _answer.TrySetException(_cancellationToken.IsCancellationRequested ? new OperationCanceledException(_cancellationToken) : why);

    public void Dispose() => _file.Dispose();
}
