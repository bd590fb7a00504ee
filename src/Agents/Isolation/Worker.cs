using System.Diagnostics;
using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Isolation;

/// <summary>A child process: runs one call at a time, and is ended when a call uses more than it may.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;
    private readonly IsolationOptions _options;
    private readonly WorkerWatch _watch;
    private readonly ProcessUsage _usage;
    private readonly ErrorOutput _errors;
    private readonly Pipe _pipe;
    private readonly Cgroup? _group;
    private readonly string _folder;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WorkerCall? _call;
    private volatile bool _takesLong;
    private volatile bool _standsBack;
    private int _killed;
    private int _disposed;

    /// <summary>Wraps a process that was just started.</summary>
    public Worker(Process process, string folder, Cgroup? group, AgentsOptions agents, IsolationOptions options, WorkerWatch watch)
    {
        (_process, _folder, _group, _options, _watch) = (process, folder, group, options, watch);
        _usage = ProcessUsage.Of(process);
        _errors = new ErrorOutput(process.StandardError.BaseStream);
        _pipe = new Pipe(process.StandardInput.BaseStream);
        new Thread(Listen) { IsBackground = true, Name = "worker pipe" }.Start();
        _pipe.SendJson(FrameKind.Options, agents);
    }

    /// <summary>Completes when the process can take calls; faults when it could not be started.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Called, on the watch's thread, when a call takes long.</summary>
    public Action? LongCall { get; set; }

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether it may run another call.</summary>
    public bool Fit =>
        _killed == 0 && !_standsBack && !_ready.Task.IsFaulted && Calls < _options.MaxCalls && _usage.Memory() is > 0 and var bytes
        && bytes < _options.KeepMebibytes * (1L << 20);

    /// <summary>Runs a call; one at a time.</summary>
    /// <exception cref="AgentRefusedException">The agent refused, or the call used more than it may.</exception>
    /// <exception cref="AgentFailedException">The agent failed, or the process ended.</exception>
    public async Task<JsonElement> CallAsync(
        RunMessage run, IAgentContext context, WorkerLimits limits, CancellationToken cancellationToken)
    {
        Calls++;
        var call = new WorkerCall(_pipe, context, limits, _usage.Processor(), _options, cancellationToken);
        _call = call;
        _watch.Add(this);
        try
        {
            if (_ready.Task.IsFaulted || Send(FrameKind.Run, run) is false)
            {
                call.Die(Why(limits));
            }

            await using (cancellationToken.Register(() => call.Cancel()))
            {
                return await call.Answer;
            }
        }
        finally
        {
            _watch.Remove(this);
            _call = null;
            call.Dispose();
            _takesLong = false;
            // Without the right to do so, it is replaced by one that does not stand back.
            if (_standsBack && Niceness.TrySet(Id, Niceness.Usual))
            {
                _standsBack = false;
            }
        }
    }

    /// <summary>Ends the process when its call exceeds a limit, and lowers its priority when the call takes long.</summary>
    public void Check()
    {
        if (_call is not { } call)
        {
            return;
        }

        if (call.Exceeded(_usage) is not KillReason.None and var reason)
        {
            Kill(reason);
        }
        else if (!_takesLong && call.TakesLong(_usage))
        {
            _takesLong = true;
            _standsBack = Niceness.TrySet(Id, Niceness.OfLongCalls);
            LongCall?.Invoke();
        }
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill(KillReason reason)
    {
        if (Interlocked.CompareExchange(ref _killed, (int)reason, 0) == 0)
        {
            try
            {
                _process.Kill();
            }
            catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It has just ended by itself.
            }
        }
    }

    /// <summary>Ends the process if it still runs, and deletes its folder.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Kill(KillReason.Idle);
            _process.WaitForExit();
            _usage.Dispose();
            _process.Dispose();
            _group?.Dispose();
            Scratch.Delete(_folder);
        }
    }

    private bool Send(FrameKind kind, RunMessage run)
    {
        try
        {
            _pipe.SendJson(kind, run);
            return true;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    // A blocking read on a thread of its own: it hears of an answer, or of the end, however busy the thread pool is.
    private void Listen()
    {
        var most = _options.MaxMessageMebibytes << 20;
        try
        {
            var pipe = _process.StandardOutput.BaseStream;
            while (Frame.Read(pipe, most) is { Kind: not FrameKind.None } frame)
            {
                if (frame.Kind == FrameKind.Ready)
                {
                    _ready.TrySetResult();
                }
                else if (_call?.Take(frame.Kind, frame.Content) == false)
                {
                    break;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or ObjectDisposedException or JsonException)
        {
            // Nothing that follows can be trusted.
        }

        Kill(KillReason.Protocol);
        _errors.Wait();
        _ready.TrySetException(new AgentFailedException("The process for this call could not be started. Run it again.")
        {
            Code = "process_died",
            Retryable = true,
        });
        _call?.Die(Why(_call.Limits));
    }

    private Exception Why(WorkerLimits limits)
    {
        var reason = (KillReason)_killed;
        // The end of the pipe is how a process that ended by itself is noticed.
        return _group?.OutOfMemory == true
            ? CallFailures.Exception(KillReason.Memory, _errors.Text, limits)
            : CallFailures.Exception(reason == KillReason.Protocol ? KillReason.None : reason, _errors.Text, limits);
    }
}
