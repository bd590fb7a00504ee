using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Agents;

// A step runs under the manifest of the version that its task agreed to, whatever is published meanwhile.
internal sealed partial class AgentGrain
{
    private const string VersionGone = "version_gone";

    public Task<AgentManifest?> GetVersionAsync(string version) => Task.FromResult(Shown(Find(version)));

    private AgentManifest? Find(string version) =>
        Record.Manifest is { } current && current.Version == version ? current : _versions.State.Find(version);

    /// <summary>The manifest that a step agreed to; null when its task does not know the step, or it is not kept any more.</summary>
    private async Task<AgentManifest?> AgreedAsync(Guid taskId, int stepId) =>
        await GrainFactory.Get<ITaskStepsGrain>(taskId).AgentVersionAsync(stepId) is { } version ? Find(version) : null;

    private Task KeepAsync(AgentManifest manifest)
    {
        var (needed, limits) = (_queue.Versions, options.Value);
        // The one before as well: it may have been published before versions were kept.
        AgentManifest[] manifests = Record.Manifest is { } before ? [before, manifest] : [manifest];
        return _versions.ChangeAsync(kept =>
        {
            foreach (var each in manifests)
            {
                kept.Keep(each, needed, limits.MaxVersions, limits.MaxVersionBytes);
            }

            return true;
        });
    }

    /// <summary>Whether a process of some version may take a step.</summary>
    private bool MayServe(AgentRun run, string version) => version == run.Work.AgentVersion
        || (!IsCompared(run.Work.AgentVersion) && Find(version) is { } other && run.CanRunAs(other));

    // While a candidate is tried beside the current version, what each does is its own.
    private bool IsCompared(string version) => Record.Candidate is not null && _desk!.Versions.Contains(version);

    /// <summary>Ends what only processes of other versions could take, once that has been so for long.</summary>
    private void EndUnserved(DateTimeOffset now)
    {
        var versions = _desk!.Versions;
        foreach (var run in _queue.WaitingRuns.Where(static run => run.Manifest.Transport == AgentTransports.Provider).ToArray())
        {
            // While nobody is there at all, whoever comes may be of the right version.
            var unserved = versions.Count > 0 && !versions.Any(version => MayServe(run, version));
            run.UnservedSince = unserved ? run.UnservedSince ?? now : null;
            if (now - run.UnservedSince >= providerOptions.Value.VersionGrace)
            {
                _queue.Leave(run);
                HandOver(run.Work, Refused(
                    run.Work,
                    VersionGone,
                    $"The task agreed to version {run.Work.AgentVersion} of {run.Work.Agent}; its provider's processes serve "
                    + $"only {string.Join(", ", versions.Take(5))} now. Run the task again.",
                    false));
                run.Dispose();
            }
        }
    }

    private StepEnd Gone(WorkItem work) => Refused(
        work,
        VersionGone,
        $"The task agreed to version {work.AgentVersion} of {work.Agent}, which is not kept any more. Run the task again.",
        false);
}
