using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Agents;

// What only its provider asks; whose agent it is, the caller has checked.
internal sealed partial class AgentGrain
{
    public async Task<Outcome<AgentRollout>> SetListedAsync(bool listed)
    {
        if (Record.Manifest is null)
        {
            return Unknown();
        }

        if (Record.Unlisted == listed)
        {
            Record.Unlisted = !listed;
            await stored.SaveAsync(this);
        }

        await ListAsync();
        return Rollout()!;
    }

    public Task<Payload?> GetPlanAsync(string version) => Task.FromResult(Find(version)?.Plan);
}
