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

/// <summary>The content of a task's page. The task is read after its updates, so it is never older than they are.</summary>
/// <param name="Task">The task.</param>
/// <param name="Updates">The journaled updates after the requested sequence, in order.</param>
/// <param name="After">The sequence before the first of them.</param>
/// <param name="Entries">The task's entries in its owner's ledger.</param>
/// <param name="Agent">The current version of the agent, or null.</param>
/// <param name="Messages">The messages between its steps; null for a task with one step.</param>
public sealed record TaskSnapshot(
    TaskView Task,
    ImmutableArray<TaskUpdate> Updates,
    long After,
    ImmutableArray<EntryView> Entries,
    AgentManifest? Agent,
    MessagePage? Messages)
{
    /// <summary>The version that the task ran on, needed to retry from a step; null while it runs and when it is no longer
    /// available.</summary>
    public AgentManifest? Ran { get; init; }

    /// <summary>What the task could run on instead while its provider is away; otherwise null.</summary>
    public Alternatives? Alternatives { get; init; }

    /// <summary>The most updates that the page shows; the download has all.</summary>
    public const int MaxUpdates = 300;

    /// <summary>The most messages that the page shows; the API has all.</summary>
    public const int MaxMessages = 50;

    /// <summary>Whether a new task can continue from one of the later steps.</summary>
    public bool CanRetryFromStep => Ran is not null && Task.Steps.Length > 1 && Messages is not { Items.Length: > 0 };

    /// <summary>The agent's name for people, or its address when the agent is no longer known.</summary>
    public string AgentTitle => Agent?.Title ?? Task.Agent;

    /// <summary>The sequence of the last update in it.</summary>
    public long Sequence => Updates.IsEmpty ? After : Updates[^1].Sequence;

    /// <summary>Whether it is final: the task is settled and all its updates are included.</summary>
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
        // A task with one step has no messages.
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
