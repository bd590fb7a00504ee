using System.Collections.Immutable;
using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Web.Features.Tasks.Parts;
using Orkestron.Web.Shared.Forms;

namespace Orkestron.Web.Features.Tasks.Details;

/// <summary>What a task's page shows, read at one time: the task is never older than its updates.</summary>
/// <param name="Task">The task.</param>
/// <param name="Updates">Journaled updates after the sequence asked for, in order.</param>
/// <param name="After">The sequence before the first of them.</param>
/// <param name="Entries">The task's entries in its owner's ledger.</param>
/// <param name="Agent">The agent as published now, or null.</param>
/// <param name="Messages">What its steps told each other; null for a task of one step.</param>
public sealed record TaskSnapshot(
    TaskView Task,
    ImmutableArray<TaskUpdate> Updates,
    long After,
    ImmutableArray<EntryView> Entries,
    AgentManifest? Agent,
    MessagePage? Messages)
{
    /// <summary>The version that the task ran, for going on from one of its steps; null while it runs, or when it is not kept.</summary>
    public AgentManifest? Ran { get; init; }

    /// <summary>What else it could run on while its provider is away; null otherwise.</summary>
    public Alternatives? Alternatives { get; init; }

    /// <summary>How many updates a page shows; the download has all.</summary>
    public const int MaxUpdates = 300;

    /// <summary>How many messages a page shows; the API has all.</summary>
    public const int MaxMessages = 50;

    /// <summary>Whether a run can go on from one of the task's later steps.</summary>
    public bool CanGoOn => Ran is not null && Task.Steps.Length > 1 && Messages is not { Items.Length: > 0 };

    /// <summary>The agent's name for people, or its address when the agent is no longer known.</summary>
    public string AgentTitle => Agent?.Title ?? Task.Agent;

    /// <summary>The last update shown.</summary>
    public long Sequence => Updates.IsEmpty ? After : Updates[^1].Sequence;

    /// <summary>Whether nothing more can come: the task is settled and all its updates are shown.</summary>
    public bool IsComplete => Task.Settled && Sequence >= Task.Sequence;

    public JsonElement OutputSchema =>
        Agent is not null && FormJson.TryParse(Agent.OutputSchema.ToString(), out var schema, out _) ? schema : default;

    /// <param name="grains">The cluster.</param>
    /// <param name="userId">The owner.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="after">Only updates after this sequence; null for the last <see cref="MaxUpdates"/>.</param>
    public static async Task<Outcome<TaskSnapshot>> ReadAsync(
        IGrainFactory grains, Guid userId, Guid taskId, long? after)
    {
        var grain = grains.GetGrain<ITaskGrain>(taskId);
        var head = await grain.GetAsync(userId);
        if (!head.Accepted)
        {
            return head.Refusal;
        }

        var from = Math.Max(0, after ?? (head.Value.Sequence - MaxUpdates));
        var updates = await grain.UpdatesAsync(userId, from, MaxUpdates);
        if (!updates.Accepted)
        {
            return updates.Refusal;
        }

        var task = await grain.GetAsync(userId);
        if (!task.Accepted)
        {
            return task.Refusal;
        }

        var entries = await grains.GetGrain<IWalletGrain>(userId).TaskEntriesAsync(taskId);
        // One step has nobody to talk to.
        var messages = task.Value.Steps.Length > 1 ? (await grain.MessagesAsync(userId, null, MaxMessages)).Value : null;
        var agent = await grains.GetGrain<IAgentGrain>(task.Value.Agent).GetAsync();
        return new TaskSnapshot(task.Value, updates.Value.Items, from, entries.Items, agent?.Manifest, messages)
        {
            Alternatives = await Alternatives.FindAsync(grains, task.Value, agent),
            Ran = !task.Value.State.IsTerminal() ? null
                : agent?.Manifest.Version == task.Value.AgentVersion ? agent.Manifest
                : await grains.GetGrain<IAgentGrain>(task.Value.Agent).GetVersionAsync(task.Value.AgentVersion),
        };
    }
}
