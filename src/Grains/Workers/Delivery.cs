using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>
/// A step that a provider's process works on: for the runner a transport that ends when the process answers, or is lost.
/// </summary>
internal sealed class Delivery(AgentRun run, WorkerConnection connection, DateTimeOffset sentAt) : IAgentTransport
{
    private readonly TaskCompletionSource<AgentAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IRunReporter? _reporter;

    public string Name => AgentTransports.Provider;

    public StepKey Step { get; } = run.Work.Key;

    public AgentRun Run => run;

    public WorkerConnection Connection => connection;

    /// <summary>When the assignment was sent last.</summary>
    public DateTimeOffset SentAt { get; set; } = sentAt;

    /// <summary>Whether an answer or a loss has come.</summary>
    public bool IsOver => _answer.Task.IsCompleted;

    /// <summary>Whether the step goes to another process instead of ending.</summary>
    public bool IsReturned { get; private set; }

    /// <summary>Why it does: one of <see cref="StepLosses"/>.</summary>
    public string Loss { get; private set; } = StepLosses.WorkerLost;

    /// <summary>Completes when the end is durable, or of no interest any more.</summary>
    public Task Done => _done.Task;

    public Task<AgentAnswer> RunAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken)
    {
        _reporter = reporter;
        return _answer.Task;
    }

    /// <summary>Sends the assignment to the process, for the first time or again.</summary>
    /// <param name="fresh">Whether nothing is recorded for the step.</param>
    public void Send(bool fresh = false)
    {
        var work = run.Work;
        connection.Observer.BeginAsync(
            new WorkerAssignment(work.Agent, Step, work.AgentVersion, work.Input, work.Deadline, work.RequestedAt)
            {
                Fresh = fresh,
            }).Ignore();
    }

    public void Answer(AgentAnswer answer) => _answer.TrySetResult(answer);

    /// <summary>The process will not answer.</summary>
    /// <param name="again">Whether the step goes to another one; otherwise the attempt has failed.</param>
    /// <param name="loss">Why: one of <see cref="StepLosses"/>.</param>
    public void Lose(bool again, string loss)
    {
        var lost = new StepFailure(
            "provider_lost", "The provider's processes were lost while they worked on this.", true, false, null);
        if (_answer.TrySetResult(new AgentAnswer(null, lost)))
        {
            (IsReturned, Loss) = (again, loss);
        }
    }

    public void Report(StepReported report) => _reporter?.Report(report);

    /// <summary>Completes <see cref="Done"/>.</summary>
    public void Finish() => _done.TrySetResult();
}
