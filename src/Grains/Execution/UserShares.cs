namespace Orkestron.Grains.Execution;

/// <summary>Runs inside the platform: at once as many of one user as the transport allows, so that others find a place.</summary>
internal sealed class UserShares(AgentRunner runner, AgentQueue queue) : IRunGate
{
    public bool MayBegin(AgentRun run) =>
        runner.MaxPerUser(run.Manifest) is not { } most || queue.WorkingOf(run.Work.OwnerId) < most;
}
