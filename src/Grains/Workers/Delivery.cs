using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Workers;

/// <summary>
/// A step in the hands of a provider's process: for the runner a transport that ends when the process answers, or when it
/// is lost.
/// </summary>
internal sealed class Delivery(AgentRun run, WorkerConnection link, DateTimeOffset offeredAt) : IAgentTransport
{
    private readonly TaskCompletionSource<AgentAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IRunReporter? _reporter;

    public string Name => AgentTransports.Provider;

    public StepKey Step { get; } = StepKey.Of(run.Work);

    public AgentRun Run => run;

    public WorkerConnection Link => link;

    /// <summary>When the process was told last.</summary>
    public DateTimeOffset OfferedAt { get; set; } = offeredAt;

    /// <summary>Whether an answer or a loss has come.</summary>
    public bool Over => _answer.Task.IsCompleted;

    /// <summary>Whether the step goes to another process instead of ending.</summary>
    public bool HandedBack { get; private set; }

    /// <summary>Why it does: one of <see cref="StepLosses"/>.</summary>
    public string Loss { get; private set; } = StepLosses.WorkerLost;

    /// <summary>Completes when the end is durable or of no interest.</summary>
    public Task Done => _done.Task;

    public Task<AgentAnswer> RunAsync(
        WorkItem work, AgentManifest manifest, IRunReporter reporter, CancellationToken cancellationToken)
    {
        _reporter = reporter;
        return _answer.Task;
    }

    /// <summary>Tells the process again, or for the first time.</summary>
    /// <param name="fresh">Whether nothing is recorded for the step.</param>
    public void Offer(bool fresh = false)
    {
        var work = run.Work;
        link.Observer.BeginAsync(
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
            (HandedBack, Loss) = (again, loss);
        }
    }

    public void Report(StepReported report) => _reporter?.Tell(report);

    /// <summary>Allows those go on who wait for the end to be durable.</summary>
    public void Finish() => _done.TrySetResult();
}
