using System.Collections.Immutable;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Schemas;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Catalogue;

namespace Orkestron.Grains.Tasks;

/// <summary>The agents that a task's steps call: which version runs, what it gets to see, what undoing may cost.</summary>
internal sealed class CalledAgents(TaskContext context, LocalAgents local)
{
    /// <summary>The size that an input of an agent which undoes something is taken to have, where it is not known. Bytes.</summary>
    public const int UndoInputBytes = 1_000;

    /// <summary>
    /// What the call runs: the agent as it is now, or, on the way to where the task begins anew, the version whose records are
    /// taken over, while that is kept.
    /// </summary>
    public async Task<AgentManifest?> ChooseAsync(
        StepRecord caller, StepCall call, (RecordedCommand Place, bool Before)? earlier)
    {
        if (earlier is null && local.Choose(call.Agent, context.Id) is { } here)
        {
            return here;
        }

        var agent = context.Agent(call.Agent);
        // By the task's id: all its calls of an agent run one version.
        var chosen = CallRules.CallsFor(context.Record, caller) is { } provider
            ? await agent.ChooseForProviderAsync(context.Id, provider)
            : await agent.ChooseAsync(context.Id, context.Record.Submission!.UserId, null);
        return chosen.Accepted
            && earlier is { Place.Call: { } above, Before: false } && Replay.IsSame(above, call)
            && await agent.GetVersionAsync(above.AgentVersion) is { } kept
                ? kept
                : chosen.Value;
    }

    /// <summary>What an agent of a version gets to see of a call's input.</summary>
    public async Task<CheckedValue> DeclaredAsync(StepCall call, string version) =>
        await context.Agent(call.Agent).GetVersionAsync(version) is { } manifest
            ? SchemaCheck.Declared(manifest.InputSchema, call.Input)
            : new CheckedValue(call.Input, [], []);

    /// <summary>The call's input as it was recorded, when it is the recorded call; otherwise null.</summary>
    public async Task<CheckedValue?> AsRecordedAsync(StepCall call, RecordedCall recorded)
    {
        if (Replay.IsSame(recorded, call))
        {
            return new CheckedValue(call.Input, [], []);
        }

        if (recorded.Agent != call.Agent)
        {
            return null;
        }

        var declared = await DeclaredAsync(call, recorded.AgentVersion);
        return !declared.Dropped.IsEmpty && declared.Value.SameAs(recorded.Input) ? declared : null;
    }

    /// <summary>What agents that undo something may cost together, each with an input of so many bytes.</summary>
    public async Task<long> UndoMicroAsync(ImmutableArray<string> keys, int inputBytes)
    {
        var sum = 0L;
        foreach (var key in keys)
        {
            var manifest = (await context.Agent(key).ChooseAsync(context.Id, context.Record.Submission!.UserId, null)).Value;
            sum = checked(sum + (manifest?.Price.QuoteMicro(inputBytes) ?? 0));
        }

        return sum;
    }
}
