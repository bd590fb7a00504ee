using Orkestron.Domain;
using Orkestron.Domain.Agents;

namespace Orkestron.Grains.Agents;

// What only its provider asks; whose agent it is, the caller has checked.
internal sealed partial class AgentGrain
{
    public Task<Outcome<AgentRollout>> SetListedAsync(bool listed) => OneByOneAsync<AgentRollout>(async () =>
    {
        if (Record.Manifest is null)
        {
            return Unknown();
        }

        await SetUnlistedAsync(!listed);
        return await ListAsync() is { } full ? full : Rollout()!;
    });

    public Task<Payload?> GetPlanAsync(string version) => Task.FromResult(Find(version)?.Plan);
}
