using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Execution;

/// <summary>
/// The versions that steps agreed to: a step runs under the manifest of its version, whatever is published meanwhile.
/// </summary>
/// <param name="grains">Where tasks are asked.</param>
/// <param name="find">Gives the manifest of a version; null when it is not kept.</param>
internal sealed class AgreedVersions(IGrainFactory grains, Func<string, AgentManifest?> find)
{
    /// <summary>The manifest of a version; null when it is not kept.</summary>
    public AgentManifest? Find(string version) => find(version);

    /// <summary>The manifest that a step agreed to; null when its task does not know the step, or when it is not kept.</summary>
    public async Task<AgentManifest?> OfStepAsync(Guid taskId, int stepId) =>
        await grains.Get<ITaskStepsGrain>(taskId).AgentVersionAsync(stepId) is { } version ? find(version) : null;
}
